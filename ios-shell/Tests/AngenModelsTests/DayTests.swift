// An officer's day through the view models, from the visit that is planned to the hub that has all.

import AngenCore
import AngenHost
import AngenModels
import Foundation
import Testing

@MainActor
@Suite struct DayTests {
    @Test(.timeLimit(.minutes(5))) func anOfficersDayEndsWithNothingThatWaits() async throws {
        let phone = try await Phone(clock: DeviceClock())
        let session = phone.session
        try await phone.signIn("陈立新")

        let visit = try await plannedVisit(session)
        try await training(phone, visit)
        let check = try await plannedCheck(phone, visit)
        let dossier = check.dossier
        let list = try #require(check.check?.lists.first?.checklist)
        let item = try await answered(session, dossier, list)
        try await found(phone, dossier, item, of: list)
        try await signed(phone, check)
        try await papered(phone, dossier)

        let today = TodayModel(session)
        await today.load()
        let row = try #require(today.today?.rows.first { $0.dossier == visit })
        #expect(row.board.count == 4)
        #expect(today.lines(row).count <= 3)
        #expect(today.more(row) >= 0)
        #expect(today.files.named == 4, "three photos, and the workbook of the checklist")
        #expect(today.files.receipted == 0, "and no hub has been met")

        try await synced(phone)
        await today.load()
        #expect(today.files == (4, 4))
    }

    private func plannedVisit(_ session: Session) async throws -> DossierId {
        let plan = PlanVisitModel(session)
        await plan.load()
        plan.chosen = Set(plan.mentors.map(\.writer))
        #expect(plan.mentors.map(\.name) == ["李明山"])
        let dossier = try #require(await plan.plan())
        let visit = VisitModel(session, dossier: dossier)
        await visit.load()
        #expect(visit.board?.parts.map(\.letter) == ["T", "C", "V", "E"])
        #expect(!visit.lines.isEmpty)
        return dossier
    }

    private func training(_ phone: Phone, _ visit: DossierId) async throws {
        let model = TrainingModel(phone.session, dossier: visit)
        await model.load()
        (model.title, model.place) = ("执法闭环培训", "河山镇会议室")
        model.trainer = model.people.first { $0.role == .mentor }?.writer
        model.agenda = Set(TrainingModel.loop)
        await model.record()
        #expect(model.work.fault == nil)
        let held = try #require(model.trainings.rows.first)
        #expect(held.agenda == TrainingModel.loop)

        for name in ["陈立新", "王海燕"] {
            let person = try await phone.person(name)
            await model.attend(held, as: person, pin: PinnedKeys.pin)
        }
        #expect(model.work.fault == nil)
        let attended = model.trainings.rows.first?.attended.compactMap(\.name).sorted()
        #expect(attended == ["王海燕", "陈立新"].sorted())
        #expect(phone.session.officer?.name == "陈立新", "the phone is the first officer's again")
    }

    private func plannedCheck(_ phone: Phone, _ visit: DossierId) async throws -> CheckModel {
        let session = phone.session
        let writer = try session.writer()
        _ = try await session.core.call {
            try $0.importChecklist(writer: writer, path: Fixtures.checklist.path)
        }
        let enterprises = EnterprisesModel(session)
        (enterprises.name, enterprises.address) = ("日照样例机械有限公司", "河山镇样例路一号")
        enterprises.noCodeReason = "执照正在换发"
        let enterprise = try #require(await enterprises.register())
        enterprises.words = "yangli"
        await enterprises.search()
        #expect(enterprises.found.rows.map(\.name) == ["日照样例机械有限公司"])

        let plan = PlanCheckModel(session, enterprise: enterprise, assistance: visit)
        await plan.load()
        plan.chosen = Set(plan.checklists.rows.map(\.checklist))
        let check = CheckModel(session, dossier: try #require(await plan.plan()))
        await check.load()
        await check.showCertificates(to: "安全员")
        #expect(check.work.fault == nil)
        #expect(check.check?.shownBy == ["陈立新"])
        return check
    }

    private func answered(
        _ session: Session, _ dossier: DossierId, _ checklist: EntityId
    ) async throws -> ShownItem {
        let model = ChecklistModel(session, dossier: dossier, checklist: checklist)
        await model.load()
        let asked = model.questions.filter { $0.item.kind == .selectOne }
        let question = try #require(asked.first)
        let choice = try #require(question.item.choices.first { $0.name == "non_compliant" })
        await model.answer(question, with: choice.name)
        #expect(model.work.fault == nil)
        #expect(model.state?.answered == 1)
        let state = model.questions.first { $0.id == question.id }?.state
        #expect(state?.answer == choice.name && state?.answeredBy == "陈立新")

        await model.answer(question, with: "no_such_choice")
        #expect(model.work.fault != nil)
        #expect(model.state?.answered == 1, "what was answered stays")
        return question.item
    }

    private func found(
        _ phone: Phone, _ dossier: DossierId, _ item: ShownItem, of checklist: EntityId
    ) async throws {
        let findings = FindingModel(phone.session, dossier: dossier)
        await findings.propose(
            from: item.name, of: checklist, consequence: .order, criterionMet: false)
        let proposed = try #require(findings.draft)
        #expect(proposed.item == item.name && proposed.title.contains(item.label.zh))
        #expect(!proposed.legalBasis.isEmpty)
        #expect(findings.words(of: "subject") == "日照样例机械有限公司", "nothing is typed twice")
        findings.draft?.title = "砂轮机防护罩缺失"
        findings.tell("location", "一车间")
        let finding = try #require(await findings.raise())
        #expect(findings.draft == nil)
        let row = try #require(findings.findings.rows.first)
        #expect(row.title == "砂轮机防护罩缺失" && row.item == item.name)
        #expect(row.elements.first { $0.code == "location" }?.words == "一车间")

        let capture = CaptureModel(
            phone.session, dossier: dossier, about: finding, device: "test phone")
        capture.tookPhoto(at: try phone.photo(1))
        #expect(await capture.capture() == false, "a photo needs words before it is sealed")
        let taken = capture.path
        #expect(taken.map(FileManager.default.fileExists) == true, "and it is not lost over that")
        capture.caption = "砂轮机全景"
        #expect(await capture.capture())
        // Number 47: what was captured stayed in the clear beside its ciphertext.
        #expect(taken.map(FileManager.default.fileExists) == false)
        #expect(capture.gallery.rows.map(\.caption) == ["砂轮机全景"])
        #expect(capture.gallery.rows.first?.source == .ownCamera)

        // Larger than one part: the second one begins where the hub stands.
        capture.chose(try phone.photo(2, bytes: 5 << 20), from: .imported)
        (capture.caption, capture.sourceNote) = ("安全员发来的照片", "安全员微信")
        #expect(await capture.capture())
        #expect(capture.gallery.rows.first?.source == .imported)

        await findings.load()
        #expect(findings.findings.rows.first?.evidence == 2)
    }

    private func signed(_ phone: Phone, _ check: CheckModel) async throws {
        let assent = AssentModel(phone.session, dossier: check.dossier)
        await assent.load()
        #expect(assent.others.map(\.name) == ["王海燕"])
        assent.second = assent.others.first
        assent.pin = "0000"
        await assent.assent()
        #expect(assent.given == nil && assent.work.fault?.remedy == .unlock)
        assent.pin = PinnedKeys.pin
        await assent.assent()
        #expect((assent.given?.assented ?? 0) > 0)
        #expect(phone.session.officer?.name == "陈立新")

        let party = PartyModel(phone.session, dossier: check.dossier)
        await party.load()
        (party.signer, party.post) = ("赵安", "负责人")
        await party.signed()
        #expect(party.work.fault == .noSignedPage && party.record == nil)
        let capture = CaptureModel(
            phone.session, dossier: check.dossier, about: nil, purpose: .signedPage,
            device: "test phone")
        capture.tookPhoto(at: try phone.photo(3))
        #expect(await capture.capture(), "a signed page needs no words of the officer")
        await party.load()
        #expect(party.page?.caption == "签字页" && party.signer == "赵安", "nothing is typed twice")
        await party.signed()
        #expect(party.work.fault == nil && party.record == "signed")
        await check.load()
        #expect(check.check?.record == "signed")
    }

    /// The record of the scene as a document, numbered and ready to be read, shared and printed.
    private func papered(_ phone: Phone, _ dossier: DossierId) async throws {
        let model = DocumentsModel(phone.session, dossier: dossier)
        await model.load()
        #expect(model.lacks.map(\.place) == ["number"] && model.needsNumbers)
        await model.reserve()
        #expect(model.work.fault != nil && model.needsNumbers, "a number begins with a region")
        model.region = "鲁日"
        await model.reserve()
        #expect(model.work.fault == nil && model.lacks.isEmpty && !model.needsNumbers)
        let seen = try #require(model.seen)
        #expect(seen.number == "（鲁日）应急检记〔2026〕1号" && seen.document == nil)
        #expect(seen.lines.contains { $0.text == "日照样例机械有限公司" })
        #expect(model.documents.rows.isEmpty, "looking at it issues nothing")
        await model.print(into: phone.folder.path)
        #expect(model.work.fault == nil)
        let printed = try #require(model.printed)
        #expect(printed.files.map(\.kind) == [.pdf, .docx, .copyOut])
        #expect(printed.number == seen.number && model.seen?.document == printed.document)
        let fields = { (preview: DocumentPreview?) in
            preview?.lines.filter { $0.key != "to" && $0.key != "number" }
        }
        #expect(fields(model.seen) == fields(seen), "what was seen is what was made")
        #expect(model.documents.rows.map(\.document) == [printed.document])
    }

    /// Back at the station: the administrator certifies a hub from the phone, and the officer syncs
    /// with it.
    private func synced(_ phone: Phone) async throws {
        try await phone.signIn("管理员")
        let hub = try await Hub.certified(by: phone)
        try await phone.signIn("陈立新")
        let model = SyncModel(phone.session, transport: BackgroundTransport())
        await model.load()
        #expect((model.state?.counts.records ?? 0) > 0 && !model.waiting.rows.isEmpty)
        await model.sync(over: .free)
        #expect(model.work.fault == nil)
        #expect(model.exchanged?.sentBlobs == 4)
        #expect(model.state?.counts == ReceiptCount(records: 0, files: 4, filesReceipted: 4))
        #expect(model.waiting.rows.isEmpty && model.state?.refused == 0)
        try await hub.stop()
    }
}
