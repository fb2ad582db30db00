// Two phones answer one question differently: both answers stand until a person decides.

import AngenCore
import AngenHost
import AngenModels
import Foundation
import Testing

@MainActor
@Suite struct ConflictTests {
    @Test func whatTwoPhonesAnsweredDifferentlyAPersonDecides() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let (dossier, checklist) = try await phone.plannedCheck()
        let other = try await secondPhone(of: phone)
        try await Phone.signIn("王海燕", PinnedKeys.pin, to: other)

        let own = ChecklistModel(phone.session, dossier: dossier, checklist: checklist)
        let theirs = ChecklistModel(other, dossier: dossier, checklist: checklist)
        let item = try await answer(own, "compliant")
        #expect(try await answer(theirs, "non_compliant") == item)
        try await handOver(dossier, from: other, to: phone)

        await own.load()
        let state = try #require(own.questions.first { $0.id == item }).state
        #expect(state.isConflict && state.answer == "non_compliant", "the worse one counts")
        let today = TodayModel(phone.session)
        await today.load()
        #expect(today.today?.rows.first { $0.dossier == dossier }?.conflicts == 1)
        try await decide(phone.session, dossier)
        await own.load()
        #expect(own.questions.first { $0.id == item }?.state.answer == "compliant")
    }

    private func decide(_ session: Session, _ dossier: DossierId) async throws {
        let model = ConflictsModel(session, dossier: dossier)
        await model.load()
        let values = try #require(model.undecided?.conflicts.first).values
        #expect(Set(values.compactMap(\.author.name)) == ["陈立新", "王海燕"])
        #expect(values.filter(\.holds).map(\.author.name) == ["王海燕"])
        let ours = try #require(values.first { !$0.holds }).author

        await model.decide(for: ours)
        #expect(model.work.fault?.remedy == .mend(place: "reason"))
        #expect(model.undecided?.conflicts.count == 1)
        model.reason = "两人当面核对"
        await model.decide(for: ours)
        #expect(model.work.fault == nil)
        #expect(model.undecided == ConflictList(conflicts: [], collisions: []))
    }

    /// Answers the first question that takes one choice, and gives its name.
    private func answer(_ model: ChecklistModel, _ choice: String) async throws -> String {
        await model.load()
        let question = try #require(model.questions.first { $0.item.kind == .selectOne })
        await model.answer(question, with: choice)
        #expect(model.work.fault == nil)
        return question.id
    }

    /// A phone that has everything up to now: a copy, made while the app is not in front.
    private func secondPhone(of phone: Phone) async throws -> Session {
        let folder = phone.folder.appending(path: "second")
        await phone.session.entered(inForeground: false)
        try FileManager.default.copyItem(at: phone.folder.appending(path: "phone"), to: folder)
        await phone.session.entered(inForeground: true)
        try await phone.signIn("陈立新")
        let inspector = try Inspector.open(
            folder: folder.path, clock: TestClock(), keys: phone.locks, disk: DeviceDisk())
        let core = Core(inspector, nowMs: { TestClock.nowMs })
        return Session(core: core, locks: phone.locks, language: .chinese)
    }

    private func handOver(_ dossier: DossierId, from: Session, to phone: Phone) async throws {
        let file = phone.folder.appending(path: "check.angen").path
        let (giver, taker) = (try from.writer(), try phone.session.writer())
        let request = ExportPackage(
            dossiers: [dossier], withhold: [], software: "Angen test",
            handing: Handing(recipient: nil, purpose: nil))
        _ = try await from.core.call {
            try $0.exportPackage(writer: giver, request: request, path: file, steps: nil)
        }
        _ = try await phone.session.core.call { try $0.importFile(writer: taker, path: file) }
    }
}
