// The night before a visit 备课: whom the mentor meets, which sites, and what was wrong there.

import AngenCore
import Observation

/// A check of the same enterprise before: what was found, and what is not corrected yet.
public struct EarlierCheck: Sendable {
    public let check: CheckRow
    public let findings: [FindingRow]
    public let uncorrected: [OrderItemView]
}

/// A site of the visit, with what is known of it: the newest check first.
public struct SiteAhead: Sendable {
    public let check: CheckRow
    public let earlier: [EarlierCheck]
}

/// An officer of the township, and the parts of the loop that nobody saw done alone yet.
public struct Pupil: Sendable {
    public let officer: OfficerRow
    public let toTeach: [String]
}

/// What a mentor reads before one visit.
@MainActor @Observable
public final class PreparationModel {
    public let visit: DossierId
    public private(set) var missing: [MissingView] = []
    public private(set) var sites: [SiteAhead] = []
    public private(set) var pupils: [Pupil] = []
    public let work = Work()
    public let session: Session

    /// Pages of checks and visits that are looked through for earlier ones, of at most 50 each.
    private nonisolated static let pagesMax = 20

    public init(_ session: Session, visit: DossierId) {
        (self.session, self.visit) = (session, visit)
    }

    /// Officers who may enforce on that day: two must.
    public var certified: Int { pupils.count { $0.officer.isCertified } }

    /// Reads everything, as of now.
    public func load() async {
        let (visit, now) = (visit, session.core.nowMs())
        await work.run {
            let writer = try session.writer()
            (missing, sites, pupils) = try await session.core.call {
                let officers = try $0.officers(asOfMs: now)
                return (
                    try $0.missing(dossier: visit, asOfMs: now),
                    try Self.sites(of: visit, now, $0),
                    Self.pupils(officers, try Self.marks(writer, $0))
                )
            }
        }
    }

    private nonisolated static func sites(
        of visit: DossierId, _ now: Int64, _ core: Inspector
    ) throws -> [SiteAhead] {
        let all = try upTo(pagesMax) { (after: Int64?) in
            let page = try core.checks(visit: nil, after: after)
            return (page.rows, page.next)
        }
        return try all.filter { $0.assistance == visit }.map { ahead in
            let before = all.filter {
                $0.enterprise == ahead.enterprise && $0.openedMs < ahead.openedMs
            }
            let newest = before.sorted { $0.openedMs > $1.openedMs }
            return SiteAhead(check: ahead, earlier: try newest.map { try earlier($0, now, core) })
        }
    }

    private nonisolated static func earlier(
        _ check: CheckRow, _ now: Int64, _ core: Inspector
    ) throws -> EarlierCheck {
        let findings = try upTo(pagesMax) { (before: UInt32?) in
            let page = try core.findings(dossier: check.dossier, before: before, asOfMs: now)
            return (page.rows, page.next)
        }
        let items = try core.orders(dossier: check.dossier).flatMap(\.items)
        return EarlierCheck(
            check: check, findings: findings.filter { !$0.isRetracted },
            uncorrected: items.filter { $0.outcome != .corrected })
    }

    /// Marks of every visit that is here, as who asks may see them.
    private nonisolated static func marks(
        _ writer: WriterId, _ core: Inspector
    ) throws -> [SkillMark] {
        let visits = try upTo(pagesMax) { (after: Int64?) in
            let page = try core.dossiers(kind: "assistance", after: after)
            return (page.rows, page.next)
        }
        return try visits.flatMap { try core.teaching(writer: writer, visit: $0.dossier).skills }
    }

    private nonisolated static func pupils(
        _ officers: [OfficerRow], _ marks: [SkillMark]
    ) -> [Pupil] {
        officers.filter { $0.role == .enforcer && !$0.isRevoked }.map { officer in
            let own = marks.filter { $0.officer == officer.writer }
            let newest = Dictionary(grouping: own, by: \.skill)
                .compactMapValues { marks in marks.max { $0.day < $1.day }?.level }
            return Pupil(
                officer: officer, toTeach: TrainingModel.loop.filter { newest[$0] != .alone })
        }
    }

    /// The rows of so many pages.
    private nonisolated static func upTo<Row, Cursor>(
        _ pages: Int, _ fetch: (Cursor?) throws -> ([Row], Cursor?)
    ) throws -> [Row] {
        var (all, cursor): ([Row], Cursor?) = ([], nil)
        for _ in 0..<pages {
            let (rows, next) = try fetch(cursor)
            all += rows
            guard let next else { break }
            cursor = next
        }
        return all
    }
}
