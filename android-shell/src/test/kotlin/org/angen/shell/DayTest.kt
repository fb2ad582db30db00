package org.angen.shell

import android.content.Intent
import org.angen.shell.bench.CHEN
import org.angen.shell.bench.GAO
import org.angen.shell.bench.Hub
import org.angen.shell.bench.Phone
import org.angen.shell.bench.Site
import org.angen.shell.bench.WANG
import org.angen.shell.bench.answerRest
import org.angen.shell.bench.appointMentor
import org.angen.shell.bench.enrolOfficers
import org.angen.shell.bench.find
import org.angen.shell.bench.handOver
import org.angen.shell.bench.lookAtAll
import org.angen.shell.bench.planCheck
import org.angen.shell.bench.settleTownship
import org.angen.shell.bench.showCertificates
import org.angen.shell.bench.sign
import org.angen.shell.bench.train
import org.angen.shell.view.CaptureScreen
import org.angen.shell.view.DossiersScreen
import org.angen.shell.view.NoteScreen
import org.angen.shell.view.Screen
import org.angen.shell.view.TodayScreen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import uniffi.angen_bindings.Part
import uniffi.angen_bindings.PartState
import uniffi.angen_bindings.SourceClass

private val MACHINES =
    Site("日照某某机械有限公司", "统一社会信用代码", "91371102MAHK00014X", number = 1)
private val FOOD =
    Site("日照某某食品店", "没有代码的原因", "个体工商户，营业执照正在换发", number = 2)
private const val PLACE = "一车间东侧 3 号砂轮机"
private const val SEEN = "防护罩缺失，砂轮外露"

/** An officer's day with an assistance visit, from its plan to the last receipt of a hub. */
@RunWith(RobolectricTestRunner::class)
class DayTest {
    private val phone = Phone()

    @After
    fun close() = phone.close()

    @Test
    fun `a day is done by tapping through the screens, and a hub has all of it in the end`() {
        phone.settleTownship()
        phone.enrolOfficers()
        phone.appointMentor { look("expert") }
        phone.handOver(CHEN)
        phone.tap("更多")
        phone.tap("安排执法帮扶")
        phone.sees("离开前还缺")
        phone.train(CHEN, WANG) { look("training") }
        lookInside("执法闭环培训，", "training-held")
        checkWithFinding()
        checkWithout()
        comment()
        theBoard()
        lookAround()
        handOut()
        sync()
    }

    private fun checkWithFinding() {
        phone.planCheck(MACHINES) { lookAt("enterprises") { tap(MACHINES.name) } }
        look("check-begun")
        phone.showCertificates(WANG, CHEN)
        phone.tap("金属加工")
        phone.tap("不符合")
        look("form")
        phone.tap("记为问题")
        phone.find(PLACE, SEEN) { look("finding") }
        phone.back()
        phone.answerRest("符合")
        lookInside("防护罩", "finding-held")
        phone.sign(CHEN, WANG) { look("record") }
        look("check")
        phone.back()
    }

    private fun checkWithout() {
        phone.planCheck(FOOD) {}
        phone.showCertificates(CHEN, WANG)
        phone.tap("金属加工")
        phone.answerRest("符合")
        phone.sign(WANG, CHEN) {}
        phone.back()
        look("visit")
    }

    /** The mentor comments, and an officer answers. */
    private fun comment() {
        phone.tap("帮扶意见")
        phone.sees("还没有意见")
        phone.back()
        phone.back()
        phone.handOver(GAO)
        phone.tap("执法帮扶")
        phone.tap("帮扶意见")
        phone.type("意见", "照片里补一张带尺子的")
        look("teaching-mentor")
        phone.tap("写意见")
        phone.sees("照片里补一张带尺子的")
        phone.tap("开放给乡镇")
        phone.sees("已开放 1 条")
        phone.back()
        phone.back()
        phone.handOver(CHEN)
        phone.tap("执法帮扶")
        phone.tap("帮扶意见")
        look("teaching")
        phone.tap("采纳")
        phone.sees("已采纳")
        phone.back()
    }

    /** What can be done on site is done; the chain waits for the case, which is not on phones. */
    private fun theBoard() {
        val parts = phone.desk.inspector.board(visit(), phone.desk.nowMs()).parts
        val states = parts.associate { it.part to it.state }
        val expected = mapOf(
            Part.TRAINING to PartState.MET,
            Part.CHECKS to PartState.MET,
            Part.VIOLATION to PartState.ON_SITE_DONE,
            Part.CHAIN to PartState.NOT_STARTED,
        )
        val open = phone.desk.inspector.missing(visit(), phone.desk.nowMs()).map { it.zh }
        assertEquals(open.joinToString("\n"), expected, states)
        phone.sees("2/2")
        val kept = phone.desk.inspector.evidenceOf(checkOf(MACHINES), null, null).rows
        val captions = listOf("签字页", "$PLACE：$SEEN（全景）")
        assertEquals(captions, kept.map { it.caption })
        assertTrue(kept.all { it.source == SourceClass.OWN_CAMERA })
    }

    /** The other screens, with the day's work in them. */
    private fun lookAround() {
        val screens = mapOf(
            "today" to TodayScreen::class.java,
            "note" to NoteScreen::class.java,
            "capture" to CaptureScreen::class.java,
            "dossiers" to DossiersScreen::class.java,
        )
        for ((name, screen) in screens) {
            val intent = Intent(phone.application, screen).putExtra(Screen.DOSSIER, visit())
            phone.lookAtAll(name, intent)
        }
    }

    /** A document is asked for and told what it lacks; the package goes out, and is verified. */
    private fun handOut() {
        phone.tap(MACHINES.name)
        phone.tap("文书与导出")
        lookAt("papers") { tap(word(R.string.form_site_record)) }
        phone.type("交给谁", "区应急管理局")
        phone.type("作什么用", "备查")
        phone.tap("导出卷宗包")
        phone.sees("已生成：")
        val made = phone.desk.tray.listFiles()!!.single { it.extension == "angen" }
        repeat(3) { phone.back() }
        phone.tap("更多")
        phone.tap("验真")
        lookAt("verify") {
            tap(word(R.string.verify_choose))
            choose(made)
            sees(made.name)
        }
        phone.tap("选卷宗包")
        phone.choose(made)
        phone.sees("验证通过")
        repeat(2) { phone.back() }
    }

    /** The hub is met after the day: what waits is shown, then nothing waits. */
    private fun sync() {
        phone.application.time.notBefore(System.currentTimeMillis())
        Hub.certifiedFor(phone, CHEN).use { hub ->
            phone.tap("更多")
            phone.tap("同步")
            look("sync-before")
            phone.type("服务器地址", hub.address)
            phone.tap("现在同步")
            phone.sees("已同步")
        }
        val counts = phone.desk.inspector.syncState().counts
        val files = counts.files.toInt()
        assertTrue("$files files", files >= FILES_LEAST)
        phone.sees("未回执的记录：0 条")
        phone.sees("已回执的文件：$files／$files")
        look("sync")
        repeat(2) { phone.back() }
        phone.sees("未回执：记录 0 条；文件已回执 $files／$files")
    }

    private fun visit(): String =
        phone.desk.inspector.dossiers("assistance", null).rows.single().dossier

    private fun checkOf(site: Site): String =
        phone.desk.inspector.checks(visit(), null).rows.single { it.enterpriseName == site.name }
            .dossier

    /** Looks at the screen in front, which is opened anew from its own intent. */
    private fun look(name: String) = lookAt(name) {}

    private fun lookAt(name: String, before: Phone.() -> Unit) =
        phone.lookAtAll(name, phone.screen.intent, before)

    /** Looks at what a row opens, and comes back. */
    private fun lookInside(row: String, name: String) {
        phone.tap(row)
        look(name)
        phone.back()
    }

    private companion object {
        /** The courseware, a photo of the finding, and a signed page of each check. */
        const val FILES_LEAST = 4
    }
}
