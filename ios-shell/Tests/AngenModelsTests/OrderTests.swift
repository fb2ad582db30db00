// What follows a finding: an order with a deadline, and the re-check that looks at it again.

import AngenCore
import AngenModels
import Foundation
import Testing

@MainActor
@Suite struct OrderTests {
    @Test func aFindingIsOrderedToBeCorrectedAndLookedAtAgain() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let dossier = try await found(phone)
        let model = OrdersModel(phone.session, dossier: dossier)
        await model.load()
        let finding = try #require(model.waiting.first?.finding)
        #expect(model.deadlines == [finding: .usual], "the usual deadline is proposed")
        model.deadlines[finding] = nil
        await model.issue()
        #expect(model.work.fault?.remedy == .mend(place: "items") && model.orders.isEmpty)
        model.deadlines[finding] = .days(7)
        model.toldTo = "赵安"
        await model.issue()
        #expect(model.work.fault == nil && model.waiting.isEmpty && model.toldTo.isEmpty)
        let order = try #require(model.orders.first)
        #expect(order.items.map(\.by) == ["2026-09-23"] && order.items[0].outcome == nil)

        let recheck = RecheckModel(
            phone.session, dossier: dossier, order: order.order, item: order.items[0])
        recheck.words = "防护罩已装回"
        await recheck.record()
        #expect(recheck.work.fault == .noOutcome && recheck.words == "防护罩已装回")
        let capture = CaptureModel(
            phone.session, dossier: dossier, about: finding, device: "test phone")
        capture.tookPhoto(at: try phone.photo(4))
        capture.caption = "防护罩"
        #expect(await capture.capture())
        recheck.outcome = .corrected
        await recheck.record()
        #expect(recheck.work.fault == nil && recheck.recorded?.toPropose.isEmpty == true)
        await model.load()
        #expect(model.orders.first?.items.first?.outcome == .corrected)
    }

    @Test func aDangerIsStoppedBeforeAFindingIsRaisedAndWorkGoesOnAfterACheck() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let (dossier, _) = try await phone.plannedCheck()
        let model = MeasureModel(phone.session, dossier: dossier, finding: nil)
        await model.take()
        #expect(model.work.fault == .noMeasure && model.taken == nil)
        (model.kind, model.toldTo) = (.evacuate, "赵安")
        await model.take()
        #expect(model.work.fault == nil && model.taken?.lifted == nil)
        #expect(model.taken?.legalBasis.isEmpty == false && model.taken?.toldTo == "赵安")
        await model.lift()
        #expect(model.work.fault?.remedy == .mend(place: "checked_how"))
        #expect(model.taken?.lifted == nil, "work is resumed only after a check")
        model.checkedHow = "检测氧含量 20.9%，已通风"
        await model.lift()
        #expect(model.work.fault == nil && model.taken?.lifted?.checkedHow == model.checkedHow)
    }

    @Test func aMeasureIsLiftedFromTheListOfThoseThatStand() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let (dossier, _) = try await phone.plannedCheck()
        let taken = MeasureModel(phone.session, dossier: dossier, finding: nil)
        for kind in [MeasureKind.stopEquipment, .sealOrSeize] {
            taken.kind = kind
            await taken.take()
            await taken.list()
        }
        let model = MeasureModel(phone.session, dossier: dossier, finding: nil)
        await model.load()
        #expect(model.measures.rows.map(\.state) == [.inForce, .waiting])
        let row = try #require(model.measures.rows.first)
        #expect(row.canBeLifted && !model.measures.rows[1].canBeLifted)
        model.open(row)
        model.checkedHow = "护罩装好，试机十分钟"
        await model.lift()
        #expect(model.work.fault == nil)
        await model.list()
        #expect(model.taken == nil && model.measures.rows.map(\.state) == [.waiting, .ended])
        #expect(model.measures.rows.last?.measure?.lifted?.checkedHow == "护罩装好，试机十分钟")
    }

    @Test func aDayIsThatOfChina() {
        // 23:30 UTC on the last day of a leap year's February.
        #expect(Day.of(1_709_249_400_000) == "2024-03-01")
        #expect(Day.of(1_709_249_400_000, after: 306) == "2025-01-01")
    }

    /// A check with one finding that leads to an order.
    private func found(_ phone: Phone) async throws -> DossierId {
        let (dossier, checklist) = try await phone.plannedCheck()
        let list = ChecklistModel(phone.session, dossier: dossier, checklist: checklist)
        await list.load()
        let question = try #require(list.questions.first { $0.item.kind == .selectOne })
        await list.answer(question, with: "non_compliant")
        let findings = FindingModel(phone.session, dossier: dossier)
        await findings.propose(
            from: question.id, of: checklist, consequence: .order, criterionMet: false)
        try #require(await findings.raise() != nil)
        return dossier
    }
}
