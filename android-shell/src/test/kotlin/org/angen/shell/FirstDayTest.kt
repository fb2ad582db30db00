package org.angen.shell

import android.content.Intent
import org.angen.shell.bench.Phone
import org.angen.shell.bench.lookAtAll
import org.angen.shell.view.CaptureScreen
import org.angen.shell.view.NoteScreen
import org.angen.shell.view.PeopleScreen
import org.angen.shell.view.Screen
import org.angen.shell.view.SettleScreen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

@RunWith(RobolectricTestRunner::class)
class FirstDayTest {
    private val phone = Phone()

    @After
    fun close() = phone.close()

    @Test
    fun `what is wrong stands at its field, in the core's own words`() {
        phone.start()
        phone.type("代码", "12345")
        phone.type("设置 PIN", "271828")
        phone.type("再输一次", "271828")
        phone.tap("启用")
        phone.sees("不是乡镇街道代码")
        phone.type("再输一次", "271829")
        phone.tap("启用")
        phone.sees("两次输入的 PIN 不同")
        phone.lookAtAll("settle", Intent(phone.application, SettleScreen::class.java))
    }
}
