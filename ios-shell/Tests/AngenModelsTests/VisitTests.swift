// Before and after a visit: what the mentor reads the night before, and the report of one page.

import AngenCore
import AngenModels
import Foundation
import Testing

/// A clock that goes on when it is told to.
private final class MovingClock: Clock, @unchecked Sendable {
    private let mutex = NSLock()
    private var wallMs = TestClock.nowMs

    func forward(days: Int64) { mutex.withLock { wallMs += days * 86_400_000 } }

    func now() throws -> Moment {
        let ms = mutex.withLock { wallMs }
        return Moment(
            wallMs: ms, monoMs: UInt64(ms), boot: "00000000-0000-4000-8000-000000000001")
    }

    func source() throws -> ClockSource { .network }
}

@MainActor
@Suite struct VisitTests {
    @Test func theNightBeforeTellsWhatWasWrongAtEachSiteAndWhoIsToLearnWhat() async throws {
        let clock = MovingClock()
        let phone = try await Phone(clock: clock)
        try await phone.signIn("陈立新")
        let (before, row) = try await phone.finding()
        let orders = OrdersModel(phone.session, dossier: before)
        await orders.load()
        await orders.issue()
        let plan = PlanVisitModel(phone.session)
        await plan.load()
        plan.chosen = Set(plan.mentors.map(\.writer))
        let visit = try #require(await plan.plan())
        let check = try await phone.session.core.call { try $0.check(dossier: before) }
        clock.forward(days: 1)
        let ahead = PlanCheckModel(
            phone.session, enterprise: check.enterprise, assistance: visit)
        await ahead.load()
        ahead.chosen = Set(ahead.checklists.rows.map(\.checklist))
        let planned = await ahead.plan()
        #expect(ahead.work.fault == nil)
        let site = try #require(planned)

        try await phone.signIn("李明山")
        let mentor = MentorModel(phone.session, visit: visit)
        await mentor.load()
        mentor.pupil = try await phone.person("王海燕").writer
        await mentor.mark("check", .alone)
        let model = PreparationModel(phone.session, visit: visit)
        await model.load()
        #expect(model.work.fault == nil && !model.missing.isEmpty && model.certified == 2)
        #expect(model.sites.map(\.check.dossier) == [site])
        let earlier = try #require(model.sites.first?.earlier.first)
        #expect(earlier.findings.map(\.title) == [row.title])
        #expect(earlier.uncorrected.map(\.finding) == [row.finding])
        let second = try #require(model.pupils.first { $0.officer.name == "王海燕" })
        #expect(second.toTeach == TrainingModel.loop.filter { $0 != "check" })
        let first = try #require(model.pupils.first { $0.officer.name == "陈立新" })
        #expect(first.toTeach == TrainingModel.loop)
    }

    @Test func theReportIsAPageInTheLanguageOfTheScreen() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let visit = try #require(await PlanVisitModel(phone.session).plan())
        let model = ReportModel(phone.session, visit: visit, in: phone.folder)
        await model.write()
        #expect(model.work.fault == nil)
        let file = try #require(model.file)
        #expect(file.lastPathComponent == "report-2026-09-16.html")
        let page = try String(contentsOf: file, encoding: .utf8)
        #expect(page.contains("河山镇") && page.contains("<html"))
        let nowhere = ReportModel(
            phone.session, visit: visit, in: phone.folder.appending(path: "not there"))
        await nowhere.write()
        #expect(nowhere.work.fault != nil && nowhere.file == nil)
    }
}
