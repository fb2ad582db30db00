// The mentor's view: a comment that is answered, and skills that a mentor marks.

import AngenCore
import AngenModels
import Foundation
import Testing

@MainActor
@Suite struct MentorTests {
    @Test func aCommentIsAnsweredAndASkillIsMarkedByTheMentorAlone() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let plan = PlanVisitModel(phone.session)
        await plan.load()
        plan.chosen = Set(plan.mentors.map(\.writer))
        let visit = try #require(await plan.plan())

        try await phone.signIn("李明山")
        let mentor = MentorModel(phone.session, visit: visit)
        await mentor.load()
        #expect(Set(mentor.pupils.map(\.name)) == ["陈立新", "王海燕"])
        mentor.text = "先亮证，再问话"
        await mentor.comment(on: visit, in: visit)
        #expect(mentor.work.fault == nil && mentor.text.isEmpty)
        mentor.pupil = mentor.pupils.first { $0.name == "王海燕" }?.writer
        #expect(mentor.level(of: "check") == nil)
        await mentor.mark("check", .helped)
        #expect(mentor.work.fault == nil && mentor.level(of: "check") == .helped)
        #expect(mentor.teaching?.skills.map(\.day) == ["2026-09-16"])

        try await phone.signIn("陈立新")
        let officer = MentorModel(phone.session, visit: visit)
        await officer.load()
        #expect(officer.teaching?.comments.isEmpty == true && officer.teaching?.keptBack == 2)
        try await phone.signIn("李明山")
        await mentor.release()
        #expect(mentor.work.fault == nil)
        try await phone.signIn("陈立新")
        await officer.load()
        let comment = try #require(officer.teaching?.comments.first)
        await officer.answer(comment, .adopted)
        #expect(officer.work.fault == nil)
        #expect(officer.teaching?.comments.first?.answer?.adopted == true)
        await officer.mark("check", .alone)
        #expect(officer.work.fault != nil, "nobody marks themselves or a colleague")
        #expect(officer.teaching?.skills.count == 1)
    }
}
