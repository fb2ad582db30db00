// A dossier is handed out as a package and verified; a document says what it lacks and is made.

import AngenCore
import AngenModels
import Foundation
import Testing

@MainActor
@Suite struct DossierTests {
    private func visited(_ phone: Phone) async throws -> DossierId {
        try await phone.signIn("陈立新")
        let plan = PlanVisitModel(phone.session)
        return try #require(await plan.plan())
    }

    @Test func aPackageVerifiesAndOneByteLessDoesNot() async throws {
        let phone = try await Phone()
        let dossier = try await visited(phone)
        let model = DossiersModel(phone.session)
        await model.load()
        #expect(model.dossiers.rows.contains { $0.dossier == dossier })

        let file = phone.folder.appending(path: "visit.angen")
        (model.recipient, model.purpose) = ("东港区应急管理局", "复核")
        await model.export(dossier, to: file.path, software: "Angen test")
        #expect(model.work.fault == nil)
        #expect(model.verdict?.outcome == .verifies && model.verdict?.root == .known)

        let whole = try Data(contentsOf: file)
        let cut = phone.folder.appending(path: "cut.angen")
        try whole.dropLast().write(to: cut)
        await model.verify(cut.path)
        #expect(model.work.fault == nil, "whatever a file says, the answer is a verdict")
        #expect(model.verdict?.outcome == .refused)
        #expect(!FileManager.default.fileExists(atPath: cut.path), "a copy is not left behind")

        let elsewhere = try NewPhone()
        let settings = SettingsModel(elsewhere.session)
        (settings.area, settings.township) = ("371102101", "后村镇")
        (settings.organisation, settings.administrator) = ("日照市东港区应急管理局", "管理员")
        settings.newPin = NewPin("135790", again: "135790")
        await settings.establish()
        #expect(settings.work.fault == nil)
        let other = DossiersModel(elsewhere.session)
        await other.verify(file.path)
        #expect(other.verdict?.root == .other, "another township's package is told as another's")
    }

    @Test func aDocumentSaysWhatItLacksBeforeItIsMade() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let (dossier, _) = try await phone.plannedCheck()
        let model = DocumentsModel(phone.session, dossier: dossier)
        await model.load()
        #expect(model.work.fault == nil)
        #expect(!model.lacks.isEmpty && model.lacks.allSatisfy { !$0.zh.isEmpty && !$0.en.isEmpty })
        #expect(model.documents.rows.isEmpty)
    }

    @Test func ofFormsThatAreChosenInHasteTheLastOneSaysWhatItLacks() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let (dossier, _) = try await phone.plannedCheck()
        let (slow, model) = (
            DocumentsModel(phone.session, dossier: dossier),
            DocumentsModel(phone.session, dossier: dossier)
        )
        await slow.load()
        // Number 48: a form that was chosen while another was looked at showed what that one lacks.
        let looks = [Form.inspectionNotice, .siteRecord].map { form in
            Task {
                model.form = form
                await model.load()
            }
        }
        for look in looks { await look.value }
        #expect(model.form == .siteRecord && model.lacks == slow.lacks && model.work.fault == nil)
    }

    @Test func aVisitHasNoRecordOfAScene() async throws {
        let phone = try await Phone()
        let model = DocumentsModel(phone.session, dossier: try await visited(phone))
        await model.load()
        #expect(model.work.fault?.remedy == .mend(place: "dossier"))
        #expect(model.lacks.isEmpty)
    }
}
