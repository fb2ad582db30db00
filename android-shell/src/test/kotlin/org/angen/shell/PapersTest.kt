package org.angen.shell

import android.os.ParcelFileDescriptor
import android.print.PageRange
import android.print.PrintDocumentAdapter
import java.io.File
import org.angen.shell.bench.Phone
import org.angen.shell.bench.beginWork
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
        println("LACKS " + phone.said())
        assertEquals(1, phone.desk.inspector.orders(work.check).size)
    }

    @Test
    fun `a document is read field by field, printed as it is, and made void`() {
        val work = phone.beginWork()
        phone.openOf(PapersScreen::class.java, work.check)
        phone.tap("行政检查通知书")
        println("LACKS " + phone.said())
        phone.tap("出具文书")
        println("AFTER " + phone.said())
    }
}
