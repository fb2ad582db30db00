package org.angen.shell

import java.io.File
import org.angen.shell.bench.CHEN
import org.angen.shell.bench.GAO
import org.angen.shell.bench.GUARD
import org.angen.shell.bench.Phone
import org.angen.shell.bench.Work
import org.angen.shell.bench.beginWork
import org.angen.shell.bench.handOver
import org.angen.shell.bench.look
import org.angen.shell.bench.openOf
import org.angen.shell.bench.photograph
import org.angen.shell.view.CheckScreen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import uniffi.angen_bindings.Consequence
import uniffi.angen_bindings.CustodyAct

/** What was recorded is looked at again, corrected, and taken back: never without a reason. */
@RunWith(RobolectricTestRunner::class)
class EvidenceTest {
    private val phone = Phone()

    @After
    fun close() = phone.close()

    @Test
    fun `a photo is looked at, commented on by a mentor, and taken back with a reason`() {
        val work = phone.beginWork()
        photo(work)
        val photo = phone.desk.inspector.evidenceOf(work.check, null, null).rows.single()
        phone.tap(photo.caption)
        phone.sees("SHA-256 " + photo.sha256.take(8))
        phone.look("evidence")
        phone.tap("用其他应用打开")
        val acts = phone.desk.inspector.custodyOf(work.check, 0u).rows.map { it.act to it.about }
        assertEquals(listOf(CustodyAct.COPY to listOf(photo.evidence)), acts)
        repeat(2) { phone.back() }
        assertEquals("a decrypted copy is left", emptyList<String>(), copies())
        comment(work, photo.caption)
        File(phone.desk.tray, "view-0.jpg").writeText("what a kill left")
        phone.openOf(CheckScreen::class.java, work.check)
        phone.tap(photo.caption)
        phone.tap("撤回")
        phone.sees("不能为空")
        phone.type("撤回原因", "拍错了设备")
        phone.tap("撤回")
        phone.sees("已撤回")
        assertFalse("view-0.jpg" in copies())
        assertTrue(phone.desk.inspector.evidenceOf(work.check, null, null).rows.single().isRetracted)
    }

    @Test
    fun `a finding is corrected and taken back, each with its reason, and stays readable`() {
        val work = phone.beginWork()
        phone.openOf(CheckScreen::class.java, work.check)
        phone.tap(GUARD)
        phone.tap("更正或撤回")
        phone.look("correct")
        phone.tap("立案调查")
        phone.tap("更正")
        phone.sees("不能为空")
        phone.type("原因", "同一设备第二次发现")
        phone.tap("更正")
        phone.sees("同一设备第二次发现")
        val row = { phone.desk.inspector.findings(work.check, null, phone.desk.nowMs()).rows.single() }
        assertEquals(GUARD to Consequence.CASE, row().title to row().consequence)
        phone.seesNot("责令限期整改")
        phone.tap("更正或撤回")
        phone.type("原因", "看错了设备")
        phone.tap("撤回")
        phone.sees("已撤回")
        phone.sees(GUARD)
        assertTrue(row().isRetracted)
    }

    private fun photo(work: Work) {
        phone.openOf(CheckScreen::class.java, work.check)
        phone.tap(GUARD)
        phone.tap("拍照取证")
        phone.photograph()
        repeat(2) { phone.back() }
    }

    /** The mentor says something about this very photo, and gives it to the officers. */
    private fun comment(work: Work, caption: String) {
        phone.handOver(GAO)
        phone.openOf(CheckScreen::class.java, work.check)
        phone.tap(caption)
        phone.seesNot("撤回")
        phone.tap("写意见")
        phone.sees(caption)
        phone.type("意见", "再拍一张带尺子的近景")
        phone.tap("写意见")
        phone.sees("再拍一张带尺子的近景")
        val said = phone.desk.inspector.teaching(phone.desk.writer(), work.visit).comments.single()
        val about = phone.desk.inspector.evidenceOf(work.check, null, null).rows.single().evidence
        assertEquals(work.check to about, said.aboutDossier to said.about)
        repeat(3) { phone.back() }
        phone.handOver(CHEN)
    }

    private fun copies(): List<String> =
        phone.desk.tray.list().orEmpty().filter { it.startsWith("view-") }
}
