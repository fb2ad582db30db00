// What an officer does between the checklist and the record: notes, voice, corrections, copies.

import AngenCore
import AngenHost
import AngenModels
import Foundation
import Testing

/// A microphone that records a second of silence, or nothing.
private actor TestRecorder: SoundRecorder {
    private let folder: URL
    private let hears: Bool
    private var number = 0

    init(in folder: URL, hears: Bool = true) { (self.folder, self.hears) = (folder, hears) }

    func begin() async throws { number += 1 }

    func end() async throws -> URL? {
        guard hears else { return nil }
        let file = folder.appending(path: "voice-\(number).wav")
        try Self.wave().write(to: file)
        return file
    }

    /// RIFF WAVE, one channel of 8 bits at 8 kHz.
    private static func wave() -> Data {
        func bytes(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(value >> (8 * $0) & 0xff) }
        }
        let samples = 8_000
        var data = Data("RIFF".utf8) + bytes(36 + samples, 4) + Data("WAVEfmt ".utf8)
        data += bytes(16, 4) + bytes(1, 2) + bytes(1, 2) + bytes(8_000, 4) + bytes(8_000, 4)
        data += bytes(1, 2) + bytes(8, 2) + Data("data".utf8) + bytes(samples, 4)
        return data + Data(repeating: 0x80, count: samples)
    }
}

@MainActor
@Suite struct FieldTests {
    @Test func aNoteIsKeptAndAnEmptyOneRefused() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let (dossier, _) = try await phone.plannedCheck()
        let model = NoteModel(phone.session, dossier: dossier)
        await model.keep()
        #expect(model.work.fault?.remedy == .mend(place: "text") && model.kept == nil)
        model.text = "油漆桶靠近电焊点，已让停焊"
        await model.keep()
        #expect(model.work.fault == nil && model.text.isEmpty)
        #expect(model.kept?.text == "油漆桶靠近电焊点，已让停焊")
    }

    @Test func aVoiceNoteIsCapturedInTheWordsOfItsFinding() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let (dossier, row) = try await phone.finding()
        let capture = CaptureModel(
            phone.session, dossier: dossier, about: row.finding, device: "test phone")
        let silent = VoiceModel(capture, recorder: TestRecorder(in: phone.folder, hears: false))
        await silent.begin()
        await silent.end()
        #expect(silent.work.fault == .nothingRecorded && capture.path == nil)

        let voice = VoiceModel(capture, recorder: TestRecorder(in: phone.folder))
        await voice.end()
        #expect(capture.path == nil, "what was not begun does not end")
        await voice.begin()
        #expect(voice.isRecording)
        await voice.end()
        #expect(!voice.isRecording && capture.isVoice)
        let file = try #require(capture.path)
        #expect(capture.caption.hasSuffix("：录音") && capture.caption.contains(row.title))
        #expect(await capture.capture())
        let kept = try #require(capture.gallery.rows.first)
        #expect(kept.mime.hasPrefix("audio/") && kept.method == "手机录音机")
        #expect(kept.source == .ownCamera)
        #expect(!FileManager.default.fileExists(atPath: file) && !capture.isVoice)
    }

    @Test func photosAreCalledByWhatTheyShowAndTypedWordsStay() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let (dossier, row) = try await phone.finding()
        let about = CaptureModel(
            phone.session, dossier: dossier, about: row.finding, device: "test phone")
        await about.frame(.wide)
        #expect(about.caption.contains(row.title) && about.caption.contains("全景"))
        about.tookPhoto(at: try phone.photo(1))
        #expect(await about.capture())
        #expect(about.framing == .close && about.caption.contains("近景"))

        let scene = CaptureModel(
            phone.session, dossier: dossier, about: nil, device: "test phone")
        await scene.frame(.plate)
        #expect(scene.caption == "铭牌")
        scene.caption = "砂轮机铭牌"
        await scene.frame(.wide)
        #expect(scene.caption == "砂轮机铭牌")
    }

    @Test func aFindingIsCorrectedWithAReasonAndAnotherTakenBack() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let (dossier, row) = try await phone.finding()
        let model = CorrectModel(phone.session, dossier: dossier, row: row)
        model.title = "2 号砂轮机防护罩缺失"
        await model.correct()
        #expect(model.work.fault?.remedy == .mend(place: "reason") && !model.isDone)
        model.reason = "编号写错"
        await model.correct()
        #expect(model.work.fault == nil && model.isDone)
        let findings = FindingModel(phone.session, dossier: dossier)
        await findings.load()
        let now = try #require(findings.findings.rows.first)
        #expect(now.title == "2 号砂轮机防护罩缺失" && now.consequence == row.consequence)

        let back = CorrectModel(phone.session, dossier: dossier, row: now)
        back.reason = "当场核实不是隐患"
        await back.retract()
        #expect(back.work.fault == nil && back.isDone)
        await findings.load()
        #expect(findings.findings.rows.first?.isRetracted == true, "it stays visible")
    }

    @Test func aCopyLeavesTheAppOnlyAfterThatIsNotedAndEvidenceIsTakenBack() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let (dossier, _) = try await phone.plannedCheck()
        let capture = CaptureModel(
            phone.session, dossier: dossier, about: nil, device: "test phone")
        capture.tookPhoto(at: try phone.photo(1))
        capture.caption = "车间全景"
        #expect(await capture.capture())
        let row = try #require(capture.gallery.rows.first)
        let model = ShownModel(phone.session, dossier: dossier, row: row) { phone.folder }
        await model.handOut()
        #expect(!model.isHandedOut, "what is not open is not given away")
        await model.open()
        await model.handOut()
        #expect(model.work.fault == nil && model.isHandedOut)
        let noted = try await phone.session.core.call {
            try $0.custodyOf(dossier: dossier, from: 0).rows
        }
        #expect(noted.contains { $0.act == .copy && $0.about == [row.evidence] })
        await model.retract()
        #expect(model.work.fault?.remedy == .mend(place: "reason") && !model.isRetracted)
        model.reason = "拍错了地方"
        await model.retract()
        #expect(model.work.fault == nil && model.isRetracted)
        await capture.load()
        #expect(capture.gallery.rows.first?.isRetracted == true)
    }

    @Test func aUnitThatAsksForLongerIsGrantedADayOrRefused() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let (dossier, _) = try await phone.finding()
        let orders = OrdersModel(phone.session, dossier: dossier)
        await orders.load()
        await orders.issue()
        let order = try #require(orders.orders.first)
        let model = RecheckModel(
            phone.session, dossier: dossier, order: order.order, item: order.items[0])
        (model.whyLonger, model.grantedTo) = ("配件十月才到", "明天")
        await model.extend()
        #expect(model.work.fault != nil && model.extended == nil && !model.whyLonger.isEmpty)
        model.grantedTo = "2026-10-20"
        await model.extend()
        #expect(model.work.fault == nil && model.extended?.grantedTo == "2026-10-20")
        await orders.load()
        #expect(orders.orders.first?.items.first?.by == "2026-10-20")
        model.whyLonger = "还要再等"
        await model.refuseLonger()
        #expect(model.work.fault == nil && model.extended?.grantedTo == nil)
        #expect(model.extended?.isAnswered == true)
    }

    @Test func aDocumentThatIsMadeVoidSaysWhy() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let (dossier, _) = try await phone.finding()
        let orders = OrdersModel(phone.session, dossier: dossier)
        await orders.load()
        await orders.issue()
        let assent = AssentModel(phone.session, dossier: dossier)
        await assent.load()
        (assent.second, assent.pin) = (assent.others.first, PinnedKeys.pin)
        await assent.assent()
        let model = DocumentsModel(phone.session, dossier: dossier)
        model.form = .correctionOrder
        await model.load()
        model.region = "鲁日"
        await model.reserve()
        for lack in model.asked { model.given[lack.place] = "样例" }
        await model.load()
        #expect(model.lacks.map(\.zh) == [])
        await model.print(into: phone.folder.path)
        #expect(model.work.fault == nil)
        let row = try #require(model.documents.rows.first)
        await model.void(row)
        #expect(model.work.fault != nil && model.documents.rows.first?.void == nil)
        model.whyVoid = "单位名称写错"
        await model.void(row)
        #expect(model.work.fault == nil && model.documents.rows.first?.void == "单位名称写错")
    }
}
