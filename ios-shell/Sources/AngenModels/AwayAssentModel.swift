// Assent on another phone 用自己的手机确认: one text is shown, the one that comes back is carried.

import AngenCore
import Observation

/// Asks the second officer's own phone to assent to what was recorded here.
@MainActor @Observable
public final class AwayAssentModel {
    public let dossier: DossierId
    /// What the other phone scans; none once it came back.
    public private(set) var asked: AssentText?
    /// What the other phone shows: scanned, or pasted.
    public var statement = ""
    /// What was carried; none before that.
    public private(set) var carried: CarriedView?
    public let work = Work()
    public let session: Session

    public init(_ session: Session, dossier: DossierId) {
        (self.session, self.dossier) = (session, dossier)
    }

    /// Asks whoever else to assent to what who is signed in has written here.
    public func load() async {
        guard carried == nil else { return }
        let dossier = dossier
        await work.run {
            let writer = try session.writer()
            asked = try await session.core.call {
                try $0.requestAssent(writer: writer, dossier: dossier, of: nil)
            }
        }
    }

    /// Carries what the other phone shows into the dossier.
    public func carry() async {
        let (dossier, text) = (dossier, statement)
        await work.run {
            let writer = try session.writer()
            carried = try await session.core.call {
                try $0.carryAssent(writer: writer, dossier: dossier, text: text)
            }
            (asked, statement) = (nil, "")
        }
    }
}
