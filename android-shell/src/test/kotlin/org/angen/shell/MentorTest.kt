package org.angen.shell

import org.angen.shell.bench.CHEN
import org.angen.shell.bench.FIRST
import org.angen.shell.bench.GAO
import org.angen.shell.bench.GUARD
import org.angen.shell.bench.Phone
import org.angen.shell.bench.WORKSHOP
import org.angen.shell.bench.beginWork
import org.angen.shell.bench.handOver
import org.angen.shell.bench.look
import org.angen.shell.bench.openOf
import org.angen.shell.bench.planCheck
import org.angen.shell.bench.planVisit
import org.angen.shell.view.SkillsScreen
import org.angen.shell.view.VisitScreen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import uniffi.angen_bindings.IssueOrder
import uniffi.angen_bindings.OrderedItem
import uniffi.angen_bindings.SkillLevel

/** A mentor's own screens: the night before a visit, and the skills that were seen on it. */
@RunWith(RobolectricTestRunner::class)
class MentorTest {
    private val phone = Phone()

    @After
    fun close() = phone.close()

    @Test
    fun `the night before shows the sites with their past, and whom to teach what`() {
        val work = phone.beginWork()
        val (core, writer) = phone.desk.inspector to phone.desk.writer()
        val item = OrderedItem(work.finding, "2026-09-30")
        core.issueOrder(writer, IssueOrder(work.check, listOf(item)))
        phone.application.time.forward(30L * 24 * 3_600_000)
        val visit = phone.planVisit(2u)
        phone.planCheck(visit, work.enterprise, work.checklist)
        phone.openOf(VisitScreen::class.java, visit)
        phone.seesNot("前一晚的准备")
        phone.back()
        phone.handOver(GAO)
        phone.openOf(VisitScreen::class.java, visit)
        phone.tap("前一晚的准备")
        listOf(WORKSHOP, "2026-09-15 查过，问题 1 个", GUARD, "责令后还没有改好").forEach(phone::sees)
        listOf("持证执法人员 2 名", FIRST, "各环节都还没有独立做过").forEach(phone::sees)
        phone.look("preparation")
    }

    @Test
    fun `a mentor marks what was seen, and the officer reads it once it is released`() {
        val work = phone.beginWork()
        phone.handOver(GAO)
        phone.openOf(SkillsScreen::class.java, work.visit)
        phone.tap(FIRST)
        phone.tap("取证：带做")
        phone.sees("带做　2026-09-15　${GAO.name}")
        phone.tap("检查：独立")
        phone.sees("独立　2026-09-15　${GAO.name}")
        phone.look("skills") { tap(FIRST) }
        val marks = { phone.desk.inspector.teaching(phone.desk.writer(), work.visit).skills }
        val levels = marks().associate { it.skill to it.level }
        assertEquals(
            mapOf("evidence" to SkillLevel.HELPED, "check" to SkillLevel.ALONE), levels,
        )
        phone.back()
        phone.handOver(CHEN)
        phone.openOf(SkillsScreen::class.java, work.visit)
        phone.seesNot("带做　")
        phone.back()
        phone.handOver(GAO)
        phone.openOf(SkillsScreen::class.java, work.visit)
        phone.tap("开放给乡镇")
        phone.sees("已开放 2 条")
        phone.back()
        phone.handOver(CHEN)
        phone.openOf(SkillsScreen::class.java, work.visit)
        phone.sees("带做　2026-09-15　${GAO.name}")
        phone.seesNot("开放给乡镇")
    }
}
