// A phone that is emptied by order: told, sent first, emptied, and begun anew.

import AngenCore
import AngenHost
import AngenModels
import Foundation
import Testing

@MainActor
@Suite struct WipeTests {
    @Test(.timeLimit(.minutes(3)))
    func aSyncBringsTheOrderAndWhatIsNotSentGoesFirst() async throws {
        let phone = try await Phone(clock: DeviceClock())
        try await phone.signIn("管理员")
        let hub = try await Hub.certified(by: phone)
        let new = try await joined(phone)
        let settings = SettingsModel(new.session)
        settings.hub = hub.url
        await settings.keepHub()
        try await synced(new.session)
        try await order(phone, [try new.session.writer()])
        try await synced(phone.session)
        #expect(!phone.session.isOrderedEmpty, "the order is for another phone")

        #expect(!new.session.isOrderedEmpty)
        try await synced(new.session)
        #expect(new.session.isOrderedEmpty)
        let writer = try await noted(new)
        let (model, cleared) = wipe(new.session)
        await model.obey()

        #expect(model.work.fault == nil && model.step == .done && cleared.count == 1)
        #expect(model.ordered?.order.reason == "手机遗失" && model.ordered?.everything == true)
        #expect(model.ordered?.names == ["孙海燕"] && model.ordered?.orderedBy == "管理员")
        #expect(model.lost?.isEmptied == true && model.lost?.unsentOps == 0)
        #expect(new.session.officer == nil && left(new).isEmpty)
        #expect(throws: HostError.self) { try new.locks.publicKey(writer: writer) }

        let anew = try NewPhone(in: new.folder)
        let settled = await fault { _ = try await anew.session.core.call { try $0.established() } }
        #expect(settled?.remedy == .goBack && !anew.session.wasEmptied)
        try await synced(phone.session)
        let visits = try await phone.session.core.call {
            try $0.dossiers(kind: "assistance", after: nil).rows
        }
        #expect(visits.count == 1, "what was sent first is at the station")
        try await hub.stop()
    }

    @Test func anAppThatWasKilledInTheMiddleGoesOnAtItsNextStart() async throws {
        let phone = try await Phone()
        try await phone.signIn("管理员")
        let new = try await joined(phone)
        let writer = try await noted(new)
        try new.session.core.inspector.pause()
        // The mark is there, and a part of the files is gone.
        let data = new.folder.appending(path: "new")
        try Data("\(writer)\n".utf8).write(to: data.appending(path: "angen.wipe"))
        try? FileManager.default.removeItem(at: data.appending(path: "angen.db-wal"))
        let anew = try NewPhone(in: new.folder)
        #expect(anew.session.wasEmptied && !anew.session.isOrderedEmpty)
        let settled = await fault { _ = try await anew.session.core.call { try $0.established() } }
        #expect(settled?.remedy == .goBack)
        #expect(!left(new).contains("angen.wipe"))
    }

    @Test func whatCannotBeClearedIsSaidAndTheOrderGoesOnAfterwards() async throws {
        let phone = try await Phone()
        try await phone.signIn("管理员")
        let new = try await joined(phone)
        _ = try await noted(new)
        try await order(phone, [try new.session.writer()])
        try await carried(phone, to: new)
        await new.session.lookForOrder()
        #expect(new.session.isOrderedEmpty)
        let (model, cleared) = wipe(new.session)
        cleared.fails = true
        await model.obey()
        #expect(model.work.fault != nil && model.isUnderWay && model.lost == nil)
        #expect(left(new).contains("angen.db"))
        cleared.fails = false
        await model.obey()
        #expect(model.step == .done && left(new).isEmpty)
        #expect((model.lost?.unsentOps ?? 0) > 0, "there was no hub, and that is said")
    }

    @Test func whereOthersWorkOnOnlyTheNamedKeyGoes() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let second = try await phone.person("王海燕").writer
        try await order(phone, [second])
        await phone.session.lookForOrder()
        #expect(phone.session.isOrderedEmpty)
        let (model, cleared) = wipe(phone.session)
        await model.obey()
        #expect(model.step == .done && cleared.count == 0)
        #expect(model.lost?.isEmptied == false && model.ordered?.names == ["王海燕"])
        #expect(throws: HostError.self) { try phone.locks.publicKey(writer: second) }
        #expect(phone.session.officer?.name == "陈立新", "the others work on")
        phone.session.orderIsDone()
        await phone.session.lookForOrder()
        #expect(!phone.session.isOrderedEmpty)
        await model.obey()
        #expect(model.step == .done)
    }

    /// How often the app's own files were removed, and whether that fails.
    private final class Cleared: @unchecked Sendable {
        var count = 0
        var fails = false
    }

    private func wipe(_ session: Session) -> (WipeModel, Cleared) {
        let cleared = Cleared()
        let model = WipeModel(session, transport: URLSessionTransport()) {
            if cleared.fails { throw CocoaError(.fileWriteNoPermission) }
            cleared.count += 1
        }
        return (model, cleared)
    }

    /// 孙海燕 joins on a phone of her own by two texts, and signs in.
    private func joined(_ phone: Phone) async throws -> NewPhone {
        let new = try NewPhone()
        new.join.newPin = NewPin("135790", again: "135790")
        await new.join.ask()
        let admit = AdmitModel(phone.session, transport: URLSessionTransport())
        (admit.who.name, admit.who.organisation) = ("孙海燕", "河山镇应急管理办公室")
        (admit.who.role, admit.ask) = (.assistant, try #require(new.join.asked).text)
        await admit.answer()
        new.join.answer = try #require(admit.answered).text
        await new.join.read()
        await new.join.join()
        try await Phone.signIn("孙海燕", "135790", to: new.session)
        return new
    }

    /// Writes what nobody else has, and says by whom.
    private func noted(_ new: NewPhone) async throws -> WriterId {
        let writer = try new.session.writer()
        let plan = PlanAssistance(round: 1, profile: "since-2025", mentors: [])
        try await new.session.core.call {
            let visit = try $0.planAssistance(writer: writer, request: plan).dossier
            _ = try $0.writeNote(
                writer: writer, request: WriteNote(dossier: visit, text: "还没有上传"))
        }
        return writer
    }

    private func order(_ phone: Phone, _ writers: [WriterId]) async throws {
        let administrator = phone.established.administrator
        try await phone.locks.unlock(administrator, pin: PinnedKeys.pin)
        _ = try await phone.session.core.call {
            try $0.orderWipe(writer: administrator, writers: writers, reason: "手机遗失")
        }
    }

    /// A stick carries the roster.
    private func carried(_ phone: Phone, to new: NewPhone) async throws {
        let (administrator, roster) = (phone.established.administrator, phone.established.roster)
        let file = phone.folder.appending(path: "roster.angenb").path
        try await phone.session.core.call {
            let reader = try $0.readers(from: 0).rows.first { $0.name == "孙海燕" }
            let request = ExportBundle(
                dossiers: [roster], readers: [reader?.certificate].compactMap { $0 },
                certificates: [], blobs: .all, software: "test", handing: Handing())
            _ = try $0.exportBundle(
                writer: administrator, request: request, path: file, steps: nil)
        }
        let reader = try new.session.writer()
        _ = try await new.session.core.call { try $0.importFile(writer: reader, path: file) }
    }

    private func left(_ new: NewPhone) -> [String] {
        let data = new.folder.appending(path: "new").path
        return (try? FileManager.default.contentsOfDirectory(atPath: data)) ?? []
    }

    private func synced(_ session: Session) async throws {
        let model = SyncModel(session, transport: URLSessionTransport())
        await model.load()
        await model.sync(over: .free)
        #expect(model.work.fault == nil)
    }
}
