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
        try await phone.signIn("管理员")
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
        #expect(offer.words == admit.rootWords && offer.name == "孙海燕")
        await model.join()
        #expect(model.work.fault == nil && model.joined?.township == "河山镇")
        try await Phone.signIn("孙海燕", "135790", to: new.session)
    }

    @Test(.timeLimit(.minutes(2)))
    func overAHubTheWordsAreReadAloudAndTwoJoinOnOnePhone() async throws {
        let phone = try await Phone(clock: DeviceClock())
        try await phone.signIn("管理员")
        let hub = try await Hub.certified(by: phone)
        try await synced(phone.session)
        let admit = AdmitModel(phone.session, transport: URLSessionTransport())
        admit.who.organisation = "河山镇应急管理办公室"
        await admit.invite()
        let invitation = try #require(admit.invitation)
        let new = try NewPhone()

        for (name, pin) in [("孙海燕", "135790"), ("周国强", "975310")] {
            let model = new.another()
            model.invitation = "不是邀请"
            model.newPin = NewPin(pin, again: pin)
            await model.askOverHub()
            #expect(model.work.fault?.remedy == .mend(place: "invitation"))
            model.invitation = invitation.text
            await model.askOverHub()
            #expect(model.work.fault == nil && model.joined == nil)
            let said = try #require(model.waiting).words.zh

            await admit.look()
            #expect(admit.waiting?.rows.map(\.words.zh) == [said], "both show the same words")
            (admit.who.name, admit.who.role, admit.words) = (name, .assistant, "不是这些词")
            await admit.answerOverHub()
            #expect(admit.work.fault?.remedy == .mend(place: "code") && admit.answered == nil)
            admit.words = said
            await admit.answerOverHub()
            #expect(admit.work.fault == nil)
            await model.awaitAnswer(every: .milliseconds(20))
            #expect(model.joined?.root == phone.established.root)
            try await Phone.signIn(name, pin, to: new.session)
            admit.next()
        }
        try await synced(phone.session)
        try await synced(new.session)
        let now = new.session.core.nowMs()
        let people = try await new.session.core.call { try $0.officers(asOfMs: now) }
        #expect(Set(people.map(\.name)).isSuperset(of: ["孙海燕", "周国强", "陈立新"]))
        try await hub.stop()
    }

    private func synced(_ session: Session) async throws {
        let model = SyncModel(session, transport: URLSessionTransport())
        await model.load()
        await model.sync(over: .free)
        #expect(model.work.fault == nil && model.state?.counts.records == 0)
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

    /// Number 69: a question that was left lying kept the next person from asking.
    @Test func aQuestionThatWasLeftLyingIsDiscardedAndTheNextPersonAsks() async throws {
        let new = try NewPhone()
        new.join.newPin = NewPin("135790", again: "135790")
        await new.join.ask()
        let left = try #require(new.join.asked)
        let next = new.another()
        await next.load()
        #expect(next.asked == left)
        next.isDiscarding = true
        await next.discardAsk()
        #expect(next.work.fault == nil && next.asked == nil && !next.isDiscarding)
        #expect(throws: HostError.self) { try new.locks.publicKey(writer: left.writer) }
        next.newPin = NewPin("975310", again: "975310")
        await next.ask()
        #expect(next.work.fault == nil && next.asked != nil && next.asked?.writer != left.writer)
        await new.join.discardAsk()
        #expect(new.join.work.fault?.remedy == .mend(place: "asked"), "it is another's by now")
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
        try await phone.signIn("管理员")
        let admit = AdmitModel(phone.session, transport: URLSessionTransport())
        await admit.invite()
        #expect(admit.work.fault == .noHub && admit.invitation == nil)
    }
}
