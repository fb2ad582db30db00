// Measures on the spot 现场处理措施: ordered at once, listed as they stand, lifted after a check.

import AngenCore
import Observation

/// What officers order before they leave a danger.
@MainActor @Observable
public final class MeasureModel {
    public let dossier: DossierId
    /// The finding that it is about; none when there was no time to raise one.
    public let finding: EntityId?
    public var kind: MeasureKind?
    /// What exactly is to be done; it may be left out.
    public var words = ""
    /// Who of the unit was told.
    public var toldTo = ""
    /// How it was checked that the danger is gone.
    public var checkedHow = ""
    /// The measures and preservations of the check, as they stand.
    public let measures: Pages<MeasureRow, UInt64>
    /// What was ordered on this screen or chosen from the list, as it stands.
    public private(set) var taken: Measure?
    public let work = Work()
    public let session: Session

    /// Photos from now on show it.
    private let sinceMs: Int64

    public init(_ session: Session, dossier: DossierId, finding: EntityId?) {
        (self.session, self.dossier, self.finding) = (session, dossier, finding)
        sinceMs = session.core.nowMs()
        let core = session.core
        measures = Pages { from in
            let now = core.nowMs()
            let page = try await core.call {
                try $0.measures(dossier: dossier, asOfMs: now, from: from ?? 0)
            }
            return (page.rows, page.next)
        }
    }

    /// Reads the list.
    public func load() async {
        await work.follow { try await measures.reload() }
    }

    /// Takes one of the list before the eyes: to lift it, or to see how it was lifted.
    public func open(_ row: MeasureRow) {
        guard let measure = row.measure else { return }
        (taken, checkedHow) = (measure, "")
    }

    /// Back to the list and to ordering another.
    public func list() async {
        (taken, kind) = (nil, nil)
        await load()
    }

    /// Orders it, shown by the photos that were taken meanwhile.
    public func take() async {
        let (dossier, finding, since) = (dossier, finding, sinceMs)
        let (words, toldTo) = (words, toldTo)
        await work.run {
            guard let kind else { throw Fault.noMeasure }
            let writer = try session.writer()
            taken = try await session.core.call {
                let request = TakeMeasure(
                    dossier: dossier, kind: kind, findings: [finding].compactMap { $0 },
                    words: words.isEmpty ? nil : words,
                    shownBy: try Self.photos(of: dossier, about: finding, since, $0),
                    toldTo: toldTo.isEmpty ? nil : toldTo)
                return try $0.takeMeasure(writer: writer, request: request)
            }
        }
    }

    /// Lifts it: work is resumed. What showed the danger does not show that it is gone.
    public func lift() async {
        guard let taken else { return }
        let (dossier, finding, since, how) = (dossier, finding, sinceMs, checkedHow)
        await work.run {
            let writer = try session.writer()
            self.taken = try await session.core.call {
                let photos = try Self.photos(of: dossier, about: finding, since, $0)
                let request = LiftMeasure(
                    dossier: dossier, measure: taken.measure, checkedHow: how,
                    shownBy: photos.filter { !taken.shownBy.contains($0) })
                return try $0.liftMeasure(writer: writer, request: request)
            }
        }
    }

    /// What was captured of it since a moment and stands.
    private nonisolated static func photos(
        of dossier: DossierId, about: EntityId?, _ sinceMs: Int64, _ core: Inspector
    ) throws -> [EntityId] {
        try core.evidenceOf(dossier: dossier, about: about, before: nil).rows
            .filter { $0.capturedMs >= sinceMs && !$0.isRetracted }
            .map(\.evidence)
    }
}

extension Fault {
    /// A measure is one of several, and nobody proposes which.
    public static let noMeasure = Fault(
        zh: "请先选一种措施", en: "choose a measure first", remedy: .mend(place: "kind"))
}
