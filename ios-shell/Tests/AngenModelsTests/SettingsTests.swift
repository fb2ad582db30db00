// Settings, enrolment and sync of a phone that has met no hub yet.

import AngenCore
import AngenHost
import AngenModels
import Foundation
import Testing

@MainActor
@Suite struct SettingsTests {
    @Test func aPersonIsEnrolledAndCanSignIn() async throws {
        let phone = try await Phone()
        let model = SettingsModel(phone.session)
        await model.load()
        #expect(model.established?.township == "河山镇")
        (model.who.name, model.who.organisation) = ("赵志强", "河山镇人民政府")
        (model.who.role, model.who.certificateNo) = (.enforcer, "15110200103")
        model.who.certificateValidUntil = "2028-06-30"
        model.administratorPin = PinnedKeys.pin
        model.newPin = NewPin("135790", again: "135790")
        #expect(await model.enrol()?.name == "赵志强")
        #expect(model.who.name.isEmpty && model.newPin == NewPin(), "a PIN is not kept")
        #expect(phone.locks.open.isEmpty, "enrolled is not signed in, the administrator neither")
        let enrolled = try await phone.person("赵志强")
        #expect(enrolled.isCertified && enrolled.key == .locked)
        try await Phone.signIn("赵志强", "135790", to: phone.session)
    }

    @Test func aNewPinIsLongEnoughAndEnteredTwiceAlike() async throws {
        let phone = try await Phone()
        let model = SettingsModel(phone.session)
        await model.load()
        (model.who.name, model.who.organisation) = ("赵志强", "河山镇人民政府")
        for (pin, fault) in [
            (NewPin("12345", again: "12345"), Fault.pinTooShort),
            (NewPin("135790", again: "135791"), Fault.pinsDiffer),
        ] {
            (model.administratorPin, model.newPin) = (PinnedKeys.pin, pin)
            #expect(await model.enrol() == nil)
            #expect(model.work.fault == fault)
        }
        let people = try await phone.session.core.call { try $0.officers(asOfMs: TestClock.nowMs) }
        #expect(!people.contains { $0.name == "赵志强" })
    }

    @Test func onlyWhoKnowsTheAdministratorsPinEnrolsOthers() async throws {
        let phone = try await Phone()
        let model = SettingsModel(phone.session)
        await model.load()
        (model.who.name, model.who.organisation) = ("赵志强", "河山镇人民政府")
        (model.administratorPin, model.newPin) = ("000000", NewPin("135790", again: "135790"))
        #expect(await model.enrol() == nil)
        #expect(model.work.fault?.remedy == .unlock)
        #expect(model.administratorPin.isEmpty)
    }

    @Test func aTownshipIsEstablishedUnderTheAdministratorsPin() async throws {
        let folder = try Phone.newFolder()
        let locks = PinnedKeys(folder: folder.appending(path: "keys"))
        let inspector = try Inspector.open(
            folder: folder.appending(path: "new").path, clock: TestClock(), keys: locks,
            disk: DeviceDisk())
        let core = Core(inspector, nowMs: { TestClock.nowMs })
        let session = Session(core: core, locks: locks, language: .chinese)
        let model = SettingsModel(session) { [Fixtures.checklist.path] }
        await model.load()
        #expect(model.work.fault == nil && model.established == nil)
        (model.area, model.township) = ("371102100", "河山镇")
        (model.organisation, model.administrator) = ("日照市东港区应急管理局", "管理员")
        await model.establish()
        #expect(model.work.fault == .pinTooShort && model.established == nil)
        model.newPin = NewPin("135790", again: "135790")
        await model.establish()
        #expect(model.work.fault == nil && model.established?.township == "河山镇")
        #expect(locks.open.isEmpty)
        let library = try await core.call { try $0.checklists(before: nil).rows }
        #expect(library.map(\.listId) == ["angen_mw"], "the app's own lists are in the library")
    }

    @Test func aMentorIsAppointedForATermByABodyThatIsNamed() async throws {
        let phone = try await Phone()
        try await phone.signIn("管理员")
        let model = ExpertModel(phone.session)
        await model.load()
        #expect(model.mentors.map(\.name) == ["李明山"])
        #expect(model.from == "2026-01-01" && model.until == "2026-12-31")
        await model.appoint()
        #expect(model.work.fault != nil && model.appointed == nil)
        (model.appointedBy, model.specialties) = ("日照市应急管理局", "机械， 粉尘、")
        await model.appoint()
        #expect(model.work.fault == nil && model.appointed?.name == "李明山")
    }

    @Test func aNameThatIsEmptyIsToldAtItsPlace() async throws {
        let phone = try await Phone()
        let model = SettingsModel(phone.session)
        await model.load()
        (model.who.organisation, model.who.certificateNo) = ("河山镇人民政府", "15110200103")
        model.administratorPin = PinnedKeys.pin
        model.newPin = NewPin("135790", again: "135790")
        #expect(await model.enrol() == nil)
        #expect(model.work.fault?.remedy == .mend(place: "name"))
        #expect(model.who.certificateNo == "15110200103", "what was entered stays")
    }

    @Test func anAddressOfAHubThatIsNotSafeIsRefusedAndAGoodOneKept() async throws {
        let phone = try await Phone()
        let model = SettingsModel(phone.session)
        model.hub = "http://hub.example"
        await model.keepHub()
        #expect(model.work.fault != nil)
        model.hub = "https://hub.example:8371"
        await model.keepHub()
        #expect(model.work.fault == nil)
        await model.load()
        #expect(model.hub.hasPrefix("https://hub.example:8371"))
    }

    @Test func whatNoHubHasIsCountedAndAHubThatIsNotThereIsSaid() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let settings = SettingsModel(phone.session)
        // Nothing listens on this port of the machine itself.
        settings.hub = "http://127.0.0.1:9"
        await settings.keepHub()
        let model = SyncModel(phone.session, transport: URLSessionTransport())
        await model.load()
        #expect((model.state?.counts.records ?? 0) > 0)
        #expect(!model.waiting.rows.isEmpty)
        await model.sync(over: .free)
        #expect(model.exchanged == nil)
        #expect(model.work.fault != nil)
        #expect(model.progress == nil)
    }
}
