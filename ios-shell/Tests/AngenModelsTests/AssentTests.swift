// The second officer assents on a phone of her own: two texts from screen to screen.

import AngenCore
import AngenHost
import AngenModels
import Foundation
import Testing

@MainActor
@Suite struct AssentTests {
    @Test func twoTextsMakeAnAssentOfHerOwnPhone() async throws {
        let phone = try await Phone()
        let new = try await joined(phone, "孙海燕")
        try await phone.signIn("陈立新")
        let (dossier, _) = try await phone.plannedCheck()
        let away = AwayAssentModel(phone.session, dossier: dossier)
        await away.load()
        let asked = try #require(away.asked)
        #expect(away.work.fault == nil && asked.told.count == 1)

        let sign = SignAssentModel(new.session)
        sign.request = "不是请求"
        await sign.look()
        #expect(sign.work.fault?.remedy == .mend(place: "request") && sign.told == nil)
        await sign.sign()
        #expect(sign.signed == nil, "what was not read is not signed")
        sign.request = asked.text
        await sign.look()
        #expect(sign.work.fault == nil && sign.signed == nil)
        #expect(sign.told?.title == "日照样例机械有限公司现场检查")
        #expect(sign.told?.lines == asked.told.lines, "both phones show the same words")
        sign.discard()
        await sign.sign()
        #expect(sign.told == nil && sign.signed == nil, "who does not assent signs nothing")
        sign.request = asked.text
        await sign.look()
        await sign.sign()
        let signed = try #require(sign.signed)

        away.statement = asked.text
        await away.carry()
        #expect(away.work.fault?.remedy == .mend(place: "statement") && away.carried == nil)
        away.statement = signed.text
        await away.carry()
        #expect(away.work.fault == nil && away.asked == nil && away.statement.isEmpty)
        #expect(away.carried?.name == "孙海燕" && away.carried?.assented == 1)
        let again = AwayAssentModel(phone.session, dossier: dossier)
        await again.load()
        #expect(again.work.fault?.remedy == .mend(place: "ops") && again.asked == nil)
    }

    /// A phone of her own that an enforcer has joined with, and is signed in on.
    private func joined(_ phone: Phone, _ name: String) async throws -> NewPhone {
        try await phone.signIn("管理员")
        let new = try NewPhone()
        new.join.newPin = NewPin("135790", again: "135790")
        await new.join.ask()
        let admit = AdmitModel(phone.session, transport: URLSessionTransport())
        (admit.who.name, admit.who.organisation) = (name, "河山镇应急管理办公室")
        (admit.who.certificateNo, admit.who.certificateValidUntil) = ("15110200103", "2099-12-31")
        admit.ask = try #require(new.join.asked).text
        await admit.answer()
        new.join.answer = try #require(admit.answered).text
        await new.join.read()
        await new.join.join()
        #expect(new.join.joined != nil)
        try await Phone.signIn(name, "135790", to: new.session)
        return new
    }
}
