package org.angen.shell

import android.content.Intent
import org.angen.shell.bench.FIRST
import org.angen.shell.bench.FIRST_PIN
import org.angen.shell.bench.Phone
import org.angen.shell.bench.SECOND
import org.angen.shell.bench.SECOND_PIN
import org.angen.shell.bench.enrolOfficers
import org.angen.shell.bench.handOver
import org.angen.shell.bench.lookAtAll
import org.angen.shell.bench.settleTownship
import org.angen.shell.view.MoreScreen
import org.angen.shell.view.PeopleScreen
import org.angen.shell.view.SettleScreen
import org.angen.shell.view.SignInScreen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

@RunWith(RobolectricTestRunner::class)
class SignInTest {
    private val phone = Phone()

    @After
    fun close() = phone.close()

    @Test
    fun `what is wrong stands at its field, in the core's own words`() {
        phone.start()
        phone.type("代码", "12345")
        phone.type("设置 PIN", "271828")
        phone.type("再输一次", "271829")
        phone.tap("启用")
        phone.sees("两次输入的 PIN 不同")
        phone.type("再输一次", "271828")
        phone.tap("启用")
        phone.sees("不是乡镇街道代码")
        phone.lookAtAll("settle", Intent(phone.application, SettleScreen::class.java))
    }

    @Test
    fun `officers share a phone, each with an own PIN, and a hand-over closes every key`() {
        phone.settleTownship()
        phone.enrolOfficers()
        phone.tap("换人")
        assertNull(phone.desk.worker)
        phone.sees(FIRST)
        phone.sees(SECOND)
        phone.lookAtAll("sign-in", Intent(phone.application, SignInScreen::class.java))
        phone.lookAtAll("pin", Intent(phone.application, SignInScreen::class.java)) {
            tap(FIRST)
            pin("31")
        }
        phone.tap(FIRST)
        phone.pin("000000")
        phone.sees("PIN 不对，还可试 4 次")
        phone.pin(SECOND_PIN)
        phone.sees("还可试 3 次")
        phone.pin(FIRST_PIN)
        assertEquals(FIRST, phone.desk.worker?.name)
        phone.handOver(SECOND, SECOND_PIN)
        assertEquals(SECOND, phone.desk.worker?.name)
        val first = phone.desk.inspector.officers(phone.desk.nowMs()).first { it.name == FIRST }
        assertEquals(uniffi.angen_bindings.KeyState.LOCKED, first.key)
        phone.tap("更多")
        phone.tap("人员与本机")
        phone.sees("登记人员由管理员进行")
        phone.lookAtAll("people", Intent(phone.application, PeopleScreen::class.java))
        phone.lookAtAll("more", Intent(phone.application, MoreScreen::class.java))
    }

    @Test
    fun `who guesses a PIN waits, longer each time, and the right one is refused meanwhile`() {
        phone.settleTownship()
        phone.enrolOfficers()
        phone.tap("换人")
        phone.tap(FIRST)
        repeat(5) { phone.pin("00000$it") }
        phone.sees("请等 30 秒")
        phone.pin(FIRST_PIN)
        phone.sees("请等")
        assertNull(phone.desk.worker)
        phone.application.time.forward(31_000)
        phone.pin("999999")
        phone.sees("请等 60 秒")
        phone.application.time.forward(61_000)
        phone.pin(FIRST_PIN)
        assertEquals(FIRST, phone.desk.worker?.name)
    }
}
