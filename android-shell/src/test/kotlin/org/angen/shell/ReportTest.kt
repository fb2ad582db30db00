package org.angen.shell

import android.webkit.WebView
import org.angen.shell.bench.GUARD
import org.angen.shell.bench.Phone
import org.angen.shell.bench.beginWork
import org.angen.shell.bench.openOf
import org.angen.shell.view.VisitScreen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** The report of a visit: the core's own page goes to the screen and to whoever gets the file. */
@RunWith(RobolectricTestRunner::class)
class ReportTest {
    private val phone = Phone()

    @After
    fun close() = phone.close()

    @Test
    fun `the page that is shown is the file that is shared, and it runs and fetches nothing`() {
        val work = phone.beginWork()
        phone.openOf(VisitScreen::class.java, work.visit)
        phone.tap("帮扶报告")
        val paper = Phone.views(phone.root).filterIsInstance<WebView>().single()
        val shown = shadowOf(paper).lastLoadDataWithBaseURL.data
        assertTrue(shown, GUARD in shown || "河山镇" in shown)
        val file = phone.desk.tray.listFiles()!!.single { it.extension == "html" }
        assertEquals("report-2026-09-15.html", file.name)
        assertEquals(file.readText(), shown)
        assertFalse(paper.settings.javaScriptEnabled)
        assertTrue(paper.settings.blockNetworkLoads)
        assertFalse("the page has a script", "<script" in shown)
        phone.tap("打印")
        phone.sees("没有打印服务")
    }
}
