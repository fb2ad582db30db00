// One item of an order, afterwards: looked at again 整改复查, or given a longer deadline 延期.

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
    /// Why the unit asks for longer.
    public var whyLonger = ""
    /// The new last day that is granted, such as `2026-10-15`; empty when it is refused.
    public var grantedTo = ""
    /// What came of the asking; none before that.
    public private(set) var extended: ExtensionView?
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

    /// Notes that the unit asked for longer today, and the answer: a new last day.
    public func extend() async {
        await answer(grantedTo: grantedTo)
    }

    /// Notes that the unit asked for longer today, and that the deadline stays.
    public func refuseLonger() async {
        await answer(grantedTo: nil)
    }

    private func answer(grantedTo: String?) async {
        let today = Day.of(session.core.nowMs())
        let request = ExtendOrder(
            dossier: dossier, order: order, finding: item.finding, askedOn: today,
            reason: whyLonger,
            answer: AnswerExtension(grantedTo: grantedTo, answeredOn: today))
        await work.run {
            let writer = try session.writer()
            extended = try await session.core.call {
                try $0.extendOrder(writer: writer, request: request)
            }
            (whyLonger, self.grantedTo) = ("", "")
        }
    }
}

extension Fault {
    /// A re-check says first what it found.
    public static let noOutcome = Fault(
        zh: "请先选复查结果", en: "choose first what the re-check found",
        remedy: .mend(place: "outcome"))
}
