package org.angen.shell

import android.content.Intent
import org.angen.shell.bench.Hub
import org.angen.shell.bench.LIU
import org.angen.shell.bench.Newcomer
import org.angen.shell.bench.Phone
import org.angen.shell.bench.SUN
import org.angen.shell.bench.admit
import org.angen.shell.bench.askToJoin
import org.angen.shell.bench.fillIn
import org.angen.shell.bench.handOver
import org.angen.shell.bench.joinFrom
import org.angen.shell.bench.lookAtAll
import org.angen.shell.bench.openAdmission
import org.angen.shell.bench.photoOf
import org.angen.shell.bench.picture
import org.angen.shell.bench.settleTownship
import org.angen.shell.view.AdmitScreen
import org.angen.shell.view.JoinScreen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertThrows
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.HostException
import uniffi.angen_bindings.PlanAssistance
import uniffi.angen_bindings.WriteNote
import uniffi.angen_bindings.fingerprintWords

/** Two phones, each with a database and keys of its own, and codes that go from screen to camera. */
@RunWith(RobolectricTestRunner::class)
class JoinTest {
    private val office = Phone("office")
    private val field = Phone("field")

    @After
    fun close() {
        office.close()
        field.close()
    }

    @Test
    fun `a phone joins by codes and words alone, and takes a second officer`() {
        office.settleTownship()
        val words = fingerprintWords(office.desk.inspector.established().root).zh
        field.start()
        field.tap("加入已有的乡镇")
        field.askToJoin(LIU)
        office.openAdmission()
        refusals()
        office.admit(field, LIU)
        lookAtAnswer()
        field.joinFrom(office, LIU, words)
        writes(LIU)

        field.tap("换人")
        field.tap("在这台手机上登记我")
        field.askToJoin(SUN)
        office.tap("下一个")
        office.admit(field, SUN)
        field.joinFrom(office, SUN, words)
        writes(SUN)
        field.handOver(LIU.name, LIU.pin)
        writes(LIU)
        field.tap("换人")
        listOf(LIU.name, SUN.name, "名册尚未取回").forEach(field::sees)
        // The administrator's certificate is here, and its key is not (number 50).
        field.seesNot("管理员")
        assertEquals(place(office).root, place(field).root)
    }

    /** What is no code, another's code, or an answer to another question changes nothing. */
    private fun refusals() {
        office.tap("扫申请码")
        office.shoot(office.application.scene())
        office.sees("没有找到二维码")
        office.tap("同意加入")
        office.sees("姓名不能为空")
        office.fillIn(LIU)
        office.tap("同意加入")
        office.sees("不是新手机的申请")
        field.tap("扫管理员的码")
        field.shootScreenOf(field)
        field.sees("不是管理员的应答")
        assertThrows(ApiException.NotFound::class.java) { place(field) }
    }

    @Test
    fun `words that differ are thrown away, and nobody takes over a question`() {
        office.settleTownship()
        field.start()
        field.tap("加入已有的乡镇")
        field.type("设置 PIN", "12")
        field.tap("出示申请码")
        field.sees("PIN 应为")
        field.lookAtAll("join-pin", field.screen.intent)
        field.askToJoin(LIU)
        office.openAdmission()
        office.admit(field, LIU)
        field.tap("扫管理员的码")
        field.shootScreenOf(office)
        field.tap("不一样")
        field.sees("请管理员用")
        assertThrows(ApiException.NotFound::class.java) { place(field) }
        field.back()
        field.tap("加入已有的乡镇")
        field.type("设置 PIN", SUN.pin)
        field.type("再输一次", SUN.pin)
        field.tap("出示申请码")
        field.sees("PIN 不对")
        field.askToJoin(LIU)
        val answer = photoOf(office.root, office.application.cacheDir)
        field.lookAtAll("join-ask", field.screen.intent) { begin() }
        field.lookAtAll("join-compare", field.screen.intent) {
            begin()
            tap(word(R.string.join_scan))
            shoot(answer)
            sees(word(R.string.join_same))
        }
    }

    /** Number 69: the second of these two could not ask before the first had joined. */
    @Test
    fun `a question that was left lying is discarded once that is confirmed, and another asks`() {
        field.start()
        field.tap("加入已有的乡镇")
        field.seesNot("没用完的申请")
        field.askToJoin(LIU)
        val left = checkNotNull(field.desk.inspector.openAsk())
        repeat(2) { field.back() }
        field.start()
        field.tap("加入已有的乡镇")
        field.sees("没用完的申请")
        field.lookAtAll("join-left", field.screen.intent) { tap(word(R.string.join_discard)) }
        field.tap("丢弃这份申请")
        field.tap("不丢弃")
        assertEquals(left, field.desk.inspector.openAsk())
        field.tap("丢弃这份申请")
        field.tap("确定丢弃")
        field.seesNot("没用完的申请")
        field.askToJoin(SUN)
        assertNotEquals(left.writer, field.desk.inspector.openAsk()?.writer)
        assertThrows(HostException::class.java) { field.application.testVault.publicKey(left.writer) }
    }

    private fun Phone.begin() {
        type(word(R.string.pin_new), LIU.pin)
        type(word(R.string.pin_again), LIU.pin)
        tap(word(R.string.join_begin))
        sees(word(R.string.join_show))
    }

    /** Over a real hub in a process of its own, which the administrator's phone has certified. */
    @Test
    fun `a phone joins over a hub by an invitation and six words, and has the roster`() {
        office.application.time.notBefore(System.currentTimeMillis())
        office.settleTownship()
        office.tap("更多")
        office.tap("人员与本机")
        office.tap("平台证书")
        Hub.certifiedBy(office) { lookAtHub() }.use { hub ->
            repeat(2) { office.back() }
            office.tap("同步")
            office.type("服务器地址", hub.address)
            office.tap("现在同步")
            office.sees("已同步")
            repeat(2) { office.back() }
            overHub()
            field.tap("更多")
            field.tap("同步")
            field.tap("现在同步")
            field.sees("已同步")
            repeat(2) { field.back() }
            field.tap("换人")
            field.sees("执法证 ${LIU.certificate}")
            field.seesNot("名册尚未取回")
        }
    }

    private fun overHub() {
        office.openAdmission()
        office.tap("出示邀请码")
        office.picture("admit-invitation-zh-light-1.0")
        field.start()
        field.tap("加入已有的乡镇")
        field.askToJoin(LIU)
        office.tap("看谁在申请")
        office.sees("还没有人申请")
        field.tap("扫管理员的码")
        field.shootScreenOf(office)
        field.sees("这六个词")
        field.picture("join-read-zh-light-1.0")
        field.tap("管理员已同意，继续")
        field.sees("还没有同意")
        office.tap("看谁在申请")
        val words = office.said().lines().single { it.startsWith("· ") }.removePrefix("· ")
        field.sees(words)
        office.fillIn(LIU)
        office.type("听到的六个词", "红马 红马 红马，红马 红马 红马")
        office.tap("同意加入")
        office.sees("没有核对词")
        office.type("听到的六个词", words)
        office.tap("同意加入")
        office.sees("已同意：${LIU.name}")
        repeat(3) { office.back() }
        office.tap("更多")
        office.tap("同步")
        office.tap("现在同步")
        office.sees("已同步")
        field.tap("管理员已同意，继续")
        field.sees("河山镇")
    }

    private fun Phone.lookAtHub() {
        picture("hub-certified-zh-light-1.0")
        lookAtAll("hub", screen.intent)
    }

    /** The administrator's screen with an answer, in every dress. */
    private fun lookAtAnswer() {
        val photo = photoOf(field.root, field.application.cacheDir)
        val intent = Intent(office.application, AdmitScreen::class.java)
        office.lookAtAll("admit", intent)
        office.lookAtAll("admit-answer", intent) {
            tap(word(R.string.admit_scan))
            shoot(photo)
            type(word(R.string.person_name), LIU.name)
            type(word(R.string.person_organisation), "河山镇人民政府")
            tap(word(R.string.admit_do))
            sees(LIU.name)
        }
    }

    /** Whoever works now writes a sealed record, in a visit that is opened before any sync. */
    private fun writes(who: Newcomer) {
        val desk = field.desk
        assertEquals(who.name, desk.worker?.name)
        val begun = desk.inspector.dossiers("assistance", null).rows.firstOrNull()?.dossier
        val visit = begun ?: desk.inspector
            .planAssistance(desk.writer(), PlanAssistance(1u, "since-2025", emptyList())).dossier
        desk.inspector.writeNote(desk.writer(), WriteNote(visit, "${who.name}所记", null))
    }

    private fun place(phone: Phone) = phone.desk.inspector.established()
}
