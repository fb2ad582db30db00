// A check that is planned on a phone, for tests of what follows it.

import AngenCore
import AngenModels
import Foundation
import Testing

extension Phone {
    /// Plans a check at an enterprise by whoever is signed in, and gives its dossier and checklist.
    func plannedCheck() async throws -> (DossierId, EntityId) {
        let writer = try session.writer()
        _ = try await session.core.call {
            try $0.importChecklist(writer: writer, path: Fixtures.checklist.path)
        }
        let enterprises = EnterprisesModel(session)
        (enterprises.name, enterprises.address) = ("日照样例机械有限公司", "河山镇样例路一号")
        enterprises.noCodeReason = "执照正在换发"
        let enterprise = try #require(await enterprises.register())
        let plan = PlanCheckModel(session, enterprise: enterprise, assistance: nil)
        await plan.load()
        plan.chosen = Set(plan.checklists.rows.map(\.checklist))
        return (try #require(await plan.plan()), try #require(plan.chosen.first))
    }

    /// The same with a finding that leads to an order.
    func finding() async throws -> (DossierId, FindingRow) {
        let (dossier, checklist) = try await plannedCheck()
        let list = ChecklistModel(session, dossier: dossier, checklist: checklist)
        await list.load()
        let question = try #require(list.questions.first { $0.item.kind == .selectOne })
        await list.answer(question, with: "non_compliant")
        let model = FindingModel(session, dossier: dossier)
        await model.propose(
            from: question.id, of: checklist, consequence: .order, criterionMet: false)
        try #require(await model.raise() != nil)
        return (dossier, try #require(model.findings.rows.first))
    }
}
