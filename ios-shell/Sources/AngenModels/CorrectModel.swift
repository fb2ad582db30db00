// A finding that is corrected 更正 or taken back 撤回: always with a reason, and both stay.

import AngenCore
import Observation

/// One finding that was raised, and what of it is said otherwise now.
@MainActor @Observable
public final class CorrectModel {
    public let dossier: DossierId
    /// The finding as it stood when the screen was opened.
    public let row: FindingRow
    public var title: String
    public var consequence: Consequence?
    public var reason = ""
    /// Whether it was corrected or taken back: the screen goes.
    public private(set) var isDone = false
    public let work = Work()
    public let session: Session

    public init(_ session: Session, dossier: DossierId, row: FindingRow) {
        (self.session, self.dossier, self.row) = (session, dossier, row)
        (title, consequence) = (row.title, row.consequence)
    }

    /// Says only what is other than before: what was not touched is not said again.
    public func correct() async {
        let request = CorrectFinding(
            dossier: dossier, finding: row.finding, reason: reason,
            title: title == row.title ? nil : title,
            consequence: consequence == row.consequence ? nil : consequence)
        await act { try $0.correctFinding(writer: $1, request: request) }
    }

    /// Takes it back: it stays visible, and counts no more.
    public func retract() async {
        let (dossier, finding, reason) = (dossier, row.finding, reason)
        await act {
            try $0.retract(writer: $1, dossier: dossier, entity: finding, reason: reason)
        }
    }

    private func act<Done: Sendable>(
        _ verb: @escaping @Sendable (Inspector, WriterId) throws -> Done
    ) async {
        await work.run {
            let writer = try session.writer()
            _ = try await session.core.call { try verb($0, writer) }
            isDone = true
        }
    }
}
