// A person joins on a phone of their own: two texts, and a root that both phones compare.

import AngenCore
import AngenHost
import AngenModels
import Foundation
import Testing

@MainActor
@Suite struct JoinTests {
    @Test func twoTextsAndAComparedRootLetAPersonJoin() async throws {
        let phone = try await Phone()
        try await phone.signInAdministrator()
        let new = try NewPhone()
        let model = new.join
        await model.load()
        #expect(model.work.fault == nil && model.asked == nil, "nothing was asked yet")
        await model.ask()
        #expect(model.work.fault == .pinTooShort && model.asked == nil)
        model.newPin = NewPin("135790", again: "135790")
        await model.ask()
        #expect(model.work.fault == nil && new.locks.open.isEmpty)
        let asked = try #require(model.asked)

        let admit = AdmitModel(phone.session, transport: URLSessionTransport())
        await admit.load()
        (admit.who.name, admit.who.organisation) = ("孙海燕", "河山镇应急管理办公室")
        (admit.who.role, admit.ask) = (.assistant, "不是申请")
        await admit.answer()
        #expect(admit.work.fault != nil && admit.answered == nil)
        admit.ask = asked.text
        await admit.answer()
        #expect(admit.work.fault == nil && admit.ask.isEmpty)
        #expect(admit.who.organisation == "河山镇应急管理办公室", "nothing is typed twice")
        let answered = try #require(admit.answered)

        model.answer = String(answered.text.dropLast(8))
        await model.read()
        #expect(model.work.fault != nil && model.offer == nil)
        await model.join()
        #expect(model.joined == nil, "what was not compared is not believed")
        model.answer = answered.text
        await model.read()
        let offer = try #require(model.offer)
        #expect(offer.root == admit.established?.root && offer.name == "孙海燕")
        #expect(!offer.words.zh.isEmpty && !offer.words.en.isEmpty)
        await model.join()
        #expect(model.work.fault == nil && model.joined?.township == "河山镇")
    }

    @Test func aQuestionThatWasAskedIsShownAgainAfterARestart() async throws {
        let new = try NewPhone()
        new.join.newPin = NewPin("135790", again: "135790")
        await new.join.ask()
        let asked = try #require(new.join.asked)
        let again = try NewPhone(in: new.folder).join
        await again.load()
        #expect(again.work.fault == nil && again.asked == asked)
    }

    @Test func nobodyButAnAdministratorAdmits() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let new = try NewPhone()
        new.join.newPin = NewPin("135790", again: "135790")
        await new.join.ask()
        let admit = AdmitModel(phone.session, transport: URLSessionTransport())
        admit.ask = try #require(new.join.asked).text
        (admit.who.name, admit.who.organisation) = ("孙海燕", "河山镇应急管理办公室")
        await admit.answer()
        #expect(admit.work.fault?.remedy == .askAdministrator && admit.answered == nil)
        #expect(!admit.ask.isEmpty && admit.who.name == "孙海燕", "what was entered stays")
    }

    @Test func whoInvitesWithoutTheAddressOfAHubIsToldSo() async throws {
        let phone = try await Phone()
        try await phone.signInAdministrator()
        let admit = AdmitModel(phone.session, transport: URLSessionTransport())
        await admit.invite()
        #expect(admit.work.fault == .noHub && admit.invitation == nil)
    }
}
