// Assent 确认 of the second officer: by their own writer, on this phone, for what they saw.

import AngenCore
import Observation

/// The second officer reads what the first recorded and assents to it.
@MainActor @Observable
public final class AssentModel {
    public let dossier: DossierId
    /// Who can assent here: enforcers whose key is on this phone, but not who is signed in.
    public private(set) var others: [OfficerRow] = []
    public var second: OfficerRow?
    public var pin = ""
    /// What was assented to; none before that.
    public private(set) var given: AssentView?
    public let work = Work()
    public let session: Session

    public init(_ session: Session, dossier: DossierId) {
        (self.session, self.dossier) = (session, dossier)
    }

    /// Reads who can assent.
    public func load() async {
        let now = session.core.nowMs()
        await work.run {
            let own = try session.writer()
            let people = try await session.core.call { try $0.officers(asOfMs: now) }
            others = people.filter {
                $0.writer != own && $0.role == .enforcer && $0.key != .elsewhere
            }
        }
    }

    /// The second officer enters the PIN and assents to everything that others wrote in the
    /// dossier. The phone is the first officer's again when it is done.
    public func assent() async {
        guard let second else { return }
        let (core, dossier, pin) = (session.core, dossier, pin)
        self.pin = ""
        await work.run {
            given = try await session.lend(to: second.writer, pin: pin) { writer in
                try await core.call {
                    try $0.giveAssent(writer: writer, dossier: dossier, ops: [])
                }
            }
        }
    }
}
