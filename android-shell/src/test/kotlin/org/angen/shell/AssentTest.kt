package org.angen.shell

import android.content.Intent
import org.angen.shell.bench.CHEN
import org.angen.shell.bench.LIU
import org.angen.shell.bench.Phone
import org.angen.shell.bench.Site
import org.angen.shell.bench.enrolOfficers
import org.angen.shell.bench.find
import org.angen.shell.bench.handOver
import org.angen.shell.bench.joins
import org.angen.shell.bench.lookAtAll
import org.angen.shell.bench.photoOf
import org.angen.shell.bench.picture
import org.angen.shell.bench.planCheck
import org.angen.shell.bench.settleTownship
import org.angen.shell.view.SignAssentScreen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

private val MACHINES =
    Site("日照某某机械有限公司", "统一社会信用代码", "91371102MAHK00014X", number = 1)
private const val SEEN = "防护罩缺失，砂轮外露"

/** What the item of the checklist makes of it. */
private const val FOUND = "传动、旋转部位装有牢固的防护罩"

/** The second officer's own phone assents by two codes, without a network and without the dossier. */
@RunWith(RobolectricTestRunner::class)
class AssentTest {
    private val first = Phone("first")
    private val own = Phone("own")

    @After
    fun close() {
        first.close()
        own.close()
    }

    @Test
    fun `the second officer assents on her own phone by two codes, and it counts`() {
        prepare()
        first.tap("确认与签字")
        first.tap("请对方用自己的手机确认")
        listOf("${MACHINES.name}现场检查", "问题隐患：1 条", FOUND).forEach(first::sees)
        assertTrue(lacksSecond())
        refusals()

        own.tap("扫同事的请求码")
        own.shootScreenOf(first)
        listOf("${MACHINES.name}现场检查", FOUND, "签名的是${LIU.name}").forEach(own::sees)
        own.tap("不确认")
        own.seesNot(FOUND)
        own.tap("扫同事的请求码")
        own.shootScreenOf(first)
        look()
        own.tap("我看过了，确认")
        own.sees("扫到之后才算数")
        val before = own.desk.inspector.dossiers("check", null).rows
        assertEquals(emptyList<Any>(), before)

        first.tap("扫对方的确认码")
        first.shootScreenOf(own)
        first.sees("${LIU.name}已确认")
        first.picture("assent-carried-zh-light-1.0")
        assertFalse(lacksSecond())
        own.tap("对方已扫到")
        first.back()
        first.tap("请对方用自己的手机确认")
        first.sees("没有可确认的记录")
    }

    /** A phone that has the dossier, with the first officer at work, and one that just joined. */
    private fun prepare() {
        first.settleTownship()
        first.enrolOfficers()
        own.joins(first, LIU)
        first.handOver(CHEN)
        first.tap("更多")
        first.tap("安排执法帮扶")
        first.planCheck(MACHINES) {}
        first.tap("金属加工")
        first.tap("不符合")
        first.tap("记为问题")
        first.find("一车间东侧", SEEN) {}
        repeat(2) { first.back() }
        own.tap("更多")
        own.tap("确认同事的记录")
    }

    /** What is no request, no statement, or one's own changes nothing and is said. */
    private fun refusals() {
        own.tap("扫同事的请求码")
        own.shoot(own.application.scene())
        own.sees("没有找到二维码")
        first.tap("扫对方的确认码")
        first.shootScreenOf(first)
        first.sees("不是确认人手机出示的确认码")
        assertTrue(lacksSecond())
    }

    /** Both screens in every dress: what is asked, what is read, and what was signed. */
    private fun look() {
        val photo = photoOf(first.root, own.application.cacheDir)
        first.lookAtAll("assent-request", first.screen.intent)
        own.lookAtAll("assent-scan", Intent(own.application, SignAssentScreen::class.java))
        own.lookAtAll("assent-read", own.screen.intent) { read(photo) }
        own.lookAtAll("assent-signed", own.screen.intent) {
            read(photo)
            tap(word(R.string.assent_sign_do))
            sees(word(R.string.assent_signed_done))
        }
    }

    private fun Phone.read(photo: java.io.File) {
        tap(word(R.string.assent_scan))
        shoot(photo)
        sees(word(R.string.assent_sign_do))
    }

    private fun lacksSecond(): Boolean {
        val desk = first.desk
        val check = desk.inspector.dossiers("check", null).rows.single().dossier
        return desk.inspector.missing(check, desk.nowMs()).any { it.code == "recorded_by_two" }
    }
}
