package org.angen.shell

import android.content.Intent
import org.angen.shell.bench.FIRST
import org.angen.shell.bench.FIRST_PIN
import org.angen.shell.bench.MENTOR
import org.angen.shell.bench.MENTOR_PIN
import org.angen.shell.bench.Phone
import org.angen.shell.bench.SECOND
import org.angen.shell.bench.SECOND_PIN
import org.angen.shell.bench.enrolOfficers
import org.angen.shell.bench.handOver
import org.angen.shell.bench.lookAtAll
import org.angen.shell.bench.picture
import org.angen.shell.bench.settleTownship
import org.angen.shell.view.CaptureScreen
import org.angen.shell.view.EnterprisesScreen
import org.angen.shell.view.DossiersScreen
import org.angen.shell.view.NoteScreen
import org.angen.shell.view.RecordScreen
import org.angen.shell.view.Screen
import org.angen.shell.view.SyncScreen
import org.angen.shell.view.TodayScreen
import org.angen.shell.view.TrainingScreen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import uniffi.angen_bindings.Part
import uniffi.angen_bindings.SourceClass

/** An assistance visit, done with thumbs: from the plan to the party's signature. */
@RunWith(RobolectricTestRunner::class)
class VisitTest {
    private val phone = Phone()

    @After
    fun close() = phone.close()

    @Test
    fun `a visit is done by tapping through the screens`() {
        phone.settleTownship()
        phone.enrolOfficers()
        phone.handOver(FIRST, FIRST_PIN)
        phone.tap("更多")
        phone.tap("安排执法帮扶")
        phone.sees("离开前还缺")
        train()
        check("日照某某机械有限公司", "91371102MAHK00014X")
        answer()
        find()
        sign()
        mentor()
        lookAround()
    }

    private fun train() {
        phone.tap("记录培训")
        phone.type("地点", "镇政府会议室")
        phone.look("training", TrainingScreen::class.java)
        phone.tap("记录培训")
        phone.tap("我签到")
        phone.sees("✓ $FIRST")
        phone.handOver(SECOND, SECOND_PIN)
        phone.tap("我签到")
        phone.sees("✓ $SECOND")
        phone.back()
        phone.look("visit", phone.screen.javaClass)
    }

    private fun check(name: String, code: String) {
        phone.tap("安排检查")
        phone.tap("登记新企业")
        phone.type("企业名称", name)
        phone.type("统一社会信用代码", code)
        phone.type("地址", "河山镇工业园")
        phone.tap("登记新企业")
        phone.tap("金属加工")
        phone.look("enterprises", EnterprisesScreen::class.java)
        phone.tap("安排检查")
        phone.sees("检查表")
        phone.type("向谁出示", "张经理")
        phone.tap("已出示执法证")
        phone.sees("已记录亮证")
        phone.look("check", phone.screen.javaClass)
    }

    private fun answer() {
        phone.tap("金属加工")
        val form = phone.screen.intent
        phone.sees("防护罩")
        phone.tap("不符合")
        phone.look("form", phone.screen.javaClass)
        phone.tap("记为问题")
        assertTrue(phone.screen.intent !== form)
    }

    private fun find() {
        phone.sees("怎么处理")
        phone.type("部位", "一车间东侧 3 号砂轮机")
        phone.type("看到的情况", "防护罩缺失，砂轮外露")
        phone.look("finding", phone.screen.javaClass)
        phone.tap("记下问题")
        phone.sees("一车间东侧 3 号砂轮机")
        phone.tap("拍照取证")
        phone.tap("打开相机")
        phone.shoot(phone.application.scene())
        phone.picture("capture-taken")
        phone.tap("保存为证据")
        phone.sees("已保存 1 份证据")
        phone.back()
        phone.sees("证据 1 份")
        phone.back()
        phone.back()
    }

    private fun sign() {
        phone.tap("确认与签字")
        phone.handOver(FIRST, FIRST_PIN)
        phone.tap("确认以上记录")
        phone.sees("已确认他人所记")
        phone.type("签字人姓名", "张某")
        phone.type("职务", "总经理")
        phone.tap("记为已签字")
        phone.sees("先拍签字页")
        phone.tap("拍签字页")
        phone.tap("打开相机")
        phone.shoot(phone.application.scene())
        phone.tap("保存为证据")
        phone.back()
        phone.tap("记为已签字")
        phone.sees("当事人已签字")
        phone.look("record", RecordScreen::class.java)
        phone.back()
        phone.back()
    }

    private fun mentor() {
        phone.tap("帮扶意见")
        phone.sees("还没有意见")
        phone.back()
        phone.back()
        phone.handOver(MENTOR, MENTOR_PIN)
        phone.tap("执法帮扶")
        phone.tap("帮扶意见")
        phone.type("意见", "照片里补一张带尺子的")
        phone.look("teaching", phone.screen.javaClass)
        phone.tap("写意见")
        phone.sees("照片里补一张带尺子的")
        phone.back()
    }

    /** The other screens, with the day's work in them. */
    private fun lookAround() {
        val visit = phone.desk.inspector.dossiers("assistance", null).rows.single().dossier
        val board = phone.desk.inspector.board(visit, phone.desk.nowMs())
        assertEquals(1uL, board.parts.first { it.part == Part.CHECKS }.units.size.toULong())
        val check = phone.desk.inspector.checks(visit, null).rows.single()
        val kept = phone.desk.inspector.evidenceOf(check.dossier, null, null).rows
        assertEquals(listOf(SourceClass.OWN_CAMERA, SourceClass.OWN_CAMERA), kept.map { it.source })
        assertEquals(listOf("签字页", "一车间东侧 3 号砂轮机：防护罩缺失，砂轮外露（全景）"), kept.map { it.caption })
        val dossier = Screen.DOSSIER to visit
        for ((name, screen) in mapOf(
            "today" to TodayScreen::class.java,
            "note" to NoteScreen::class.java,
            "capture" to CaptureScreen::class.java,
            "dossiers" to DossiersScreen::class.java,
            "sync" to SyncScreen::class.java,
        )) {
            val intent = Intent(phone.application, screen).putExtra(dossier.first, dossier.second)
            phone.lookAtAll(name, intent)
        }
    }

    /** Looks at the screen in front, which is opened anew from its own intent. */
    private fun Phone.look(name: String, screen: Class<*>) {
        assertEquals(screen, this.screen.javaClass)
        lookAtAll(name, this.screen.intent)
    }
}
