// Without a network: a stick goes to the station, and the receipts come back on it.

import AngenCore
import AngenHost
import AngenModels
import Foundation
import Testing

@MainActor
@Suite struct BundleTests {
    @Test(.timeLimit(.minutes(2))) func aStickEmptiesTheOutboxWithoutANetwork() async throws {
        let phone = try await Phone(clock: DeviceClock())
        try await phone.signIn("管理员")
        let hub = try await Hub.certified(by: phone)
        try await hub.stop()
        try await phone.signIn("陈立新")
        let (dossier, _) = try await phone.plannedCheck()
        let capture = CaptureModel(
            phone.session, dossier: dossier, about: nil, device: "test phone")
        capture.tookPhoto(at: try phone.photo(1))
        capture.caption = "车间全景"
        #expect(await capture.capture())

        let model = BundleModel(phone.session, in: phone.folder)
        await model.load()
        let station = try #require(model.readers.rows.first)
        #expect(station.isHub && model.chosen == [station.certificate], "what waits is for the hub")
        model.toggle(station)
        await model.export(software: "Angen test")
        #expect(model.work.fault != nil && model.file == nil, "a bundle has a reader")
        model.toggle(station)
        await model.export(software: "Angen test")
        #expect(model.work.fault == nil && model.exported?.readers == ["测试平台"])
        let stick = try #require(model.file)

        try await Program.run(["hub", "import", "--data", hub.folder.path, stick.path])
        let receipts = phone.folder.appending(path: "receipts.angenb").path
        try await Program.run([
            "hub", "export-receipts", "--data", hub.folder.path, "--for", "陈立新", "--out", receipts,
        ])
        await model.take(stick.path)
        #expect(model.imported == nil && model.work.fault != nil, "it is for the hub, and stays")
        await model.take(receipts)
        #expect(model.work.fault == nil && (model.imported?.receipts ?? 0) > 0)
        #expect(!FileManager.default.fileExists(atPath: receipts))

        let sync = SyncModel(phone.session, transport: URLSessionTransport())
        await sync.load()
        #expect(sync.state?.counts == ReceiptCount(records: 0, files: 2, filesReceipted: 2))
        #expect(sync.waiting.rows.isEmpty)
    }
}
