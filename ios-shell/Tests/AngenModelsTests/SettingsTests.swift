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
        (model.name, model.organisation) = ("赵志强", "河山镇人民政府")
        (model.role, model.certificateNo) = (.enforcer, "15110200103")
        model.certificateValidUntil = "2028-06-30"
        #expect(await model.enrol()?.name == "赵志强")
        #expect(model.name.isEmpty)
        #expect(try await phone.person("赵志强").isCertified)
    }

    @Test func aNameThatIsEmptyIsToldAtItsPlace() async throws {
        let phone = try await Phone()
        let model = SettingsModel(phone.session)
        await model.load()
        (model.organisation, model.certificateNo) = ("河山镇人民政府", "15110200103")
        #expect(await model.enrol() == nil)
        #expect(model.work.fault?.remedy == .mend(place: "name"))
        #expect(model.certificateNo == "15110200103", "what was entered stays")
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
