package org.angen.shell

import android.os.ParcelFileDescriptor
import android.print.PageRange
import android.print.PrintDocumentAdapter
import java.io.File
import org.angen.shell.bench.GUARD
import org.angen.shell.bench.Phone
import org.angen.shell.bench.WANG
import org.angen.shell.bench.WORKSHOP
import org.angen.shell.bench.beginWork
import org.angen.shell.bench.handOver
import org.angen.shell.bench.look
import org.angen.shell.bench.openOf
import org.angen.shell.host.PdfPages
import org.angen.shell.view.PapersScreen
import org.junit.After
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import uniffi.angen_bindings.CustodyAct
import uniffi.angen_bindings.IssueOrder
import uniffi.angen_bindings.OrderedItem

/** A document from what it lacks to what is printed: read first, then handed to the printer. */
@RunWith(RobolectricTestRunner::class)
class PapersTest {
    private val phone = Phone()

    @After
    fun close() = phone.close()

    @Test
    fun `a form that nothing was done for leads to the step that gives it`() {
        val work = phone.beginWork()
        phone.openOf(PapersScreen::class.java, work.check)
        phone.tap("整改复查意见书")
        phone.sees("还没有复查")
        phone.tap("责令限期整改指令书")
        phone.sees("这次检查还没有责令")
        phone.look("papers-before") { tap(word(R.string.form_correction_order)) }
        phone.tap("责令限期整改")
        phone.tap("下达责令")
        phone.seesNot("这次检查还没有责令")
        phone.sees("请先预留号段")
        assertEquals(1, phone.desk.inspector.orders(work.check).size)
    }

    @Test
    fun `a document is read before its number is used, then issued, printed and made void`() {
        val work = phone.beginWork()
        val order = IssueOrder(work.check, listOf(OrderedItem(work.finding, "2026-09-30")))
        phone.desk.inspector.issueOrder(phone.desk.writer(), order)
        phone.handOver(WANG)
        phone.desk.inspector.giveAssent(phone.desk.writer(), work.check, emptyList())
        phone.openOf(PapersScreen::class.java, work.check)
        phone.tap("责令限期整改指令书")
        phone.look("papers-lacks") { tap(word(R.string.form_correction_order)) }
        phone.type("复议机关", "日照市东港区人民政府")
        phone.type("人民法院", "日照市东港区人民法院")
        phone.tap("按所填再核对")
        phone.seesNot("人民法院”没有填写")
        phone.tap("预留 20 个号")
        phone.sees("不是文号")
        phone.type("机关简称", "鲁日")
        phone.tap("预留 20 个号")
        phone.sees("不缺什么")
        val number = "（鲁日）应急责改〔2026〕1号"
        seenBefore(work.check, number)
        phone.tap("先看文书")
        phone.tap("出具文书")
        phone.seesNot("还没有出具")
        listOf(number, WORKSHOP, GUARD, "2026年9月30日", "日照市东港区人民法院").forEach(phone::sees)
        phone.look("preview")
        printed(number)
        phone.tap("打印")
        phone.sees("没有打印服务")
        lookedAtAgain(work.check, number)
        phone.type("作废原因", "单位名称写错")
        phone.tap("作废")
        phone.sees("已作废：单位名称写错")
        phone.sees(GUARD)
        phone.back()
        listOf(number, "已作废").forEach(phone::sees)
        // What was typed for the void one is not typed again.
        phone.tap("责令限期整改指令书")
        phone.sees("不缺什么")
    }

    /** Every field and the number that it would take; nothing was issued by looking. */
    private fun seenBefore(check: String, number: String) {
        phone.tap("先看文书")
        listOf("还没有出具", "将用文号：$number", WORKSHOP, GUARD, "2026年9月30日").forEach(phone::sees)
        phone.look("preview-before")
        phone.back()
        assertEquals(0, phone.desk.inspector.documents(check, 0u).rows.size)
    }

    @Test
    fun `what is lacking is seen in its place and cannot be issued`() {
        val work = phone.beginWork()
        phone.openOf(PapersScreen::class.java, work.check)
        phone.tap("现场检查记录")
        phone.tap("先看文书")
        listOf(WORKSHOP, "请先预留号段", "还缺", "手填或不适用").forEach(phone::sees)
        phone.look("preview-lacks")
        phone.seesNot("出具文书")
        assertEquals(0, phone.desk.inspector.documents(work.check, 0u).rows.size)
    }

    /** Number 64: who only looked at an issued document was noted as having printed it. */
    private fun lookedAtAgain(check: String, number: String) {
        val prints = {
            phone.desk.inspector.custodyOf(check, 0u).rows.count { it.act == CustodyAct.PRINT }
        }
        val before = prints()
        phone.back()
        phone.tap(number)
        listOf(GUARD, "分享", "打印").forEach(phone::sees)
        assertEquals(before, prints())
        phone.tap("打印")
        phone.sees("没有打印服务")
        assertEquals(before + 1, prints())
    }

    /** The file that goes to the printer is the core's own PDF, byte for byte. */
    private fun printed(number: String) {
        val pdf = phone.desk.tray.listFiles()!!.single { it.extension == "pdf" }
        assertTrue(pdf.name, number in pdf.name)
        assertEquals("%PDF-", pdf.readText(Charsets.ISO_8859_1).take(5))
        val paper = File(phone.desk.tray, "paper").apply { createNewFile() }
        val to = ParcelFileDescriptor.open(paper, ParcelFileDescriptor.MODE_READ_WRITE)
        var pages: Array<out PageRange>? = null
        val answer = object : PrintDocumentAdapter.WriteResultCallback() {
            override fun onWriteFinished(written: Array<out PageRange>?) {
                pages = written
            }
        }
        PdfPages(pdf).onWrite(arrayOf(PageRange.ALL_PAGES), to, null, answer)
        assertArrayEquals(pdf.readBytes(), paper.readBytes())
        assertEquals(listOf(PageRange.ALL_PAGES), pages?.toList())
    }
}
