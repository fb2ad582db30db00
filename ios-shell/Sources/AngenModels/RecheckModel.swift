// A re-check 整改复查: one item of an order is looked at again, and photographed.

import AngenCore
import Observation

/// One item of an order, afterwards.
@MainActor @Observable
public final class RecheckModel {
    public let dossier: DossierId
    public let order: EntityId
    public let item: OrderItemView
    /// What was found; nobody proposes it.
    public var outcome: RecheckOutcome?
    public var words = ""
    /// What was recorded; findings that were not corrected lead to a case.
    public private(set) var recorded: RecheckView?
    public let work = Work()
    public let session: Session

    /// Photos from now on show what is found now.
    private let sinceMs: Int64

    public init(_ session: Session, dossier: DossierId, order: EntityId, item: OrderItemView) {
        (self.session, self.dossier) = (session, dossier)
        (self.order, self.item) = (order, item)
        sinceMs = session.core.nowMs()
    }

    /// Records what was found, with the photos of the finding that were taken meanwhile.
    public func record() async {
        let (dossier, order, finding, since) = (dossier, order, item.finding, sinceMs)
        let (now, words) = (session.core.nowMs(), words)
        await work.run {
            guard let outcome else { throw Fault.noOutcome }
            let writer = try session.writer()
            recorded = try await session.core.call {
                let page = try $0.evidenceOf(dossier: dossier, about: finding, before: nil)
                let shown = page.rows.filter { $0.capturedMs >= since && !$0.isRetracted }
                let seen = RecheckedItem(
                    finding: finding, outcome: outcome, words: words,
                    shownBy: shown.map(\.evidence))
                let request = RecordRecheck(
                    dossier: dossier, order: order, items: [seen], recheckedOn: Day.of(now))
                return try $0.recordRecheck(writer: writer, request: request)
            }
            self.words = ""
        }
    }
}

extension Fault {
    /// A re-check says first what it found.
    public static let noOutcome = Fault(
        zh: "请先选复查结果", en: "choose first what the re-check found",
        remedy: .mend(place: "outcome"))
}
