// Correction orders 责令限期整改 of a check: what waits for one, and what was ordered.

import AngenCore
import Observation

/// By when something must be corrected.
public enum Deadline: Hashable, Sendable {
    case atOnce
    case days(Int)

    /// What officers mostly give.
    public static let usual = Deadline.days(15)
    public static let all: [Deadline] = [.atOnce, .days(7), .usual, .days(30)]

    /// As the core takes it, counted from now.
    func by(_ nowMs: Int64) -> String {
        switch self {
        case .atOnce: "at_once"
        case .days(let days): Day.of(nowMs, after: days)
        }
    }
}

/// The orders of one check.
@MainActor @Observable
public final class OrdersModel {
    public let dossier: DossierId
    /// Findings that lead to an order and stand in none yet, the oldest first.
    public private(set) var waiting: [FindingRow] = []
    /// By when each of them is to be corrected; one without is left out of the next order.
    public var deadlines: [EntityId: Deadline] = [:]
    /// Who of the unit was told.
    public var toldTo = ""
    /// What was ordered, as it stands.
    public private(set) var orders: [OrderView] = []
    public let work = Work()
    public let session: Session

    public init(_ session: Session, dossier: DossierId) {
        (self.session, self.dossier) = (session, dossier)
    }

    /// Reads the orders, and puts every finding that waits into the next one.
    public func load() async {
        await work.run { try await reload() }
    }

    /// Issues the order that was put together.
    public func issue() async {
        let now = session.core.nowMs()
        let items = waiting.compactMap { row in
            deadlines[row.finding].map { OrderedItem(finding: row.finding, by: $0.by(now)) }
        }
        let request = IssueOrder(
            dossier: dossier, items: items, toldTo: toldTo.isEmpty ? nil : toldTo)
        await work.run {
            let writer = try session.writer()
            _ = try await session.core.call {
                try $0.issueOrder(writer: writer, request: request)
            }
            toldTo = ""
            try await reload()
        }
    }

    private func reload() async throws {
        let (dossier, now) = (dossier, session.core.nowMs())
        let (orders, findings) = try await session.core.call {
            (try $0.orders(dossier: dossier), try Self.findings(of: dossier, now, $0))
        }
        let ordered = Set(orders.flatMap(\.items).map(\.finding))
        waiting = findings.filter {
            $0.consequence == .order && !$0.isRetracted && !ordered.contains($0.finding)
        }
        let known = deadlines
        deadlines = Dictionary(
            uniqueKeysWithValues: waiting.map { ($0.finding, known[$0.finding] ?? .usual) })
        self.orders = orders
    }

    /// Every finding of the check, the oldest first.
    private nonisolated static func findings(
        of dossier: DossierId, _ nowMs: Int64, _ core: Inspector
    ) throws -> [FindingRow] {
        var (all, before): ([FindingRow], UInt32?) = ([], nil)
        repeat {
            let page = try core.findings(dossier: dossier, before: before, asOfMs: nowMs)
            all += page.rows
            before = page.next
        } while before != nil
        return all.reversed()
    }
}
