// Conflicts 冲突: what two phones wrote without knowing of each other, and a person's decision.

import AngenCore
import Observation

/// What is undecided in one dossier. Until a person decides, the worse value holds.
@MainActor @Observable
public final class ConflictsModel {
    public let dossier: DossierId
    /// What is undecided; none until it was read.
    public private(set) var undecided: ConflictList?
    /// Why it is decided so; the core asks for it.
    public var reason = ""
    public let work = Work()
    public let session: Session

    public init(_ session: Session, dossier: DossierId) {
        (self.session, self.dossier) = (session, dossier)
    }

    /// Reads what is undecided.
    public func load() async {
        await work.run { try await reload() }
    }

    /// Decides for what this author wrote. Who may not decide here is told so by the core.
    public func decide(for author: Author) async {
        let request = DecideConflict(dossier: dossier, op: author.op, reason: reason)
        await work.run {
            let writer = try session.writer()
            _ = try await session.core.call {
                try $0.decideConflict(writer: writer, request: request)
            }
            reason = ""
            try await reload()
        }
    }

    private func reload() async throws {
        let dossier = dossier
        undecided = try await session.core.call { try $0.conflicts(dossier: dossier) }
    }
}
