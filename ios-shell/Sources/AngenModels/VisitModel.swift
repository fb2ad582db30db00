// The assistance visit 执法帮扶: its 1-2-1-1 board, what is missing, and its checks.

import AngenCore
import Observation

/// One assistance visit.
@MainActor @Observable
public final class VisitModel {
    public let dossier: DossierId
    /// The board; none until it was read.
    public private(set) var board: BoardView?
    /// All that is missing, the most important first.
    public private(set) var missing: [MissingView] = []
    /// Its checks, the newest first.
    public let checks: Pages<CheckRow, Int64>
    public let work = Work()
    public let session: Session

    public init(_ session: Session, dossier: DossierId) {
        (self.session, self.dossier) = (session, dossier)
        let core = session.core
        checks = Pages { after in
            let page = try await core.call { try $0.checks(visit: dossier, after: after) }
            return (page.rows, page.next)
        }
    }

    /// Reads board, missing list and checks, as of now.
    public func load() async {
        let (now, dossier) = (session.core.nowMs(), dossier)
        await work.run {
            board = try await session.core.call { try $0.board(dossier: dossier, asOfMs: now) }
            missing = try await session.core.call { try $0.missing(dossier: dossier, asOfMs: now) }
            try await checks.reload()
        }
    }

    /// The three lines that an officer reads at the gate: what can be done now, first.
    public var lines: [MissingView] {
        Array(missing.filter(\.isOpen).prefix(3))
    }
}

/// Plans an assistance visit.
@MainActor @Observable
public final class PlanVisitModel {
    public var round = 1
    /// Mentors on the roster, and who of them comes.
    public private(set) var mentors: [OfficerRow] = []
    public var chosen: Set<WriterId> = []
    public let work = Work()
    public let session: Session

    /// The profile of what counts now; that of 2021 is for replays of that year.
    private let profile = "since-2025"

    public init(_ session: Session) {
        self.session = session
    }

    /// Reads who can come.
    public func load() async {
        let now = session.core.nowMs()
        await work.run {
            let people = try await session.core.call { try $0.officers(asOfMs: now) }
            mentors = people.filter { $0.role == .mentor && !$0.isRevoked }
        }
    }

    /// Opens the dossier of the visit, and gives it when that was done.
    public func plan() async -> DossierId? {
        let request = PlanAssistance(
            round: UInt32(round), profile: profile, mentors: chosen.sorted())
        var opened: DossierId?
        await work.run {
            let writer = try session.writer()
            opened = try await session.core.call {
                try $0.planAssistance(writer: writer, request: request).dossier
            }
        }
        return opened
    }
}
