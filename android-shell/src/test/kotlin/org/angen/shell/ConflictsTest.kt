package org.angen.shell

import org.angen.shell.bench.CHEN
import org.angen.shell.bench.FIRST
import org.angen.shell.bench.GAO
import org.angen.shell.bench.GUARD
import org.angen.shell.bench.Phone
import org.angen.shell.bench.SECOND
import org.angen.shell.bench.SecondPhone
import org.angen.shell.bench.Work
import org.angen.shell.bench.beginWork
import org.angen.shell.bench.handOver
import org.angen.shell.bench.look
import org.angen.shell.bench.openScreen
import org.angen.shell.view.FormScreen
import org.angen.shell.view.Screen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import uniffi.angen_bindings.Consequence
import uniffi.angen_bindings.CorrectFinding
import uniffi.angen_bindings.Inspector
import uniffi.angen_bindings.ItemKind
import uniffi.angen_bindings.SetAnswers

/** What two phones wrote without knowing of each other, from the stick to the decision. */
@RunWith(RobolectricTestRunner::class)
class ConflictsTest {
    private val phone = Phone()

    @After
    fun close() = phone.close()

    @Test
    fun `a stick brings another value, both are shown with who and when, and one press decides`() {
        val work = phone.beginWork()
        differ(work)
        phone.sees("1 处冲突待定")
        phone.tap("查看并裁定冲突")
        listOf(GUARD, FIRST, SECOND, "立案", "当场改正", "目前按这个算", "自称", "设备").forEach(phone::sees)
        phone.look("conflicts")
        phone.tap("按“当场改正”定")
        phone.look("conflicts-why") { tap(word(R.string.conflicts_choose).substringBefore("%")) }
        phone.tap("按所写原因定")
        phone.sees("不能为空")
        phone.tap("两人当面核对过")
        phone.sees("已裁定 1 处")
        phone.sees("没有待裁定的冲突")
        val row = phone.desk.inspector.findings(work.check, null, phone.desk.nowMs()).rows.single()
        assertEquals(Consequence.ON_THE_SPOT, row.consequence)
        phone.back()
        phone.seesNot("冲突待定")
    }

    @Test
    fun `who may not decide is told so, and the conflict stays`() {
        val work = phone.beginWork()
        differ(work)
        phone.handOver(GAO)
        phone.tap("查看并裁定冲突")
        phone.tap("按“立案调查”定")
        phone.tap("重新看过现场")
        phone.sees("帮扶专家")
        assertEquals(1, phone.desk.inspector.conflicts(work.check).conflicts.size)
    }

    @Test
    fun `an item that two phones answered differently leads to the decision itself`() {
        val work = phone.beginWork()
        val form = phone.desk.inspector.formOf(work.check, work.checklist)
        val item = form.items.first { it.kind == ItemKind.SELECT_ONE }
        val (yes, no) = item.choices
        differ(work) { core, writer, isFirst ->
            val value = (if (isFirst) yes else no).name
            val answers = mapOf(item.name to value)
            core.setAnswers(writer, SetAnswers(work.check, work.checklist, answers))
        }
        val list = Screen.ABOUT to work.checklist
        phone.openScreen(FormScreen::class.java, Screen.DOSSIER to work.check, list)
        phone.sees("两台手机答案不同")
        phone.tap("查看并裁定冲突")
        phone.tap("按“${no.label.zh}”定")
        phone.tap("重新看过现场")
        phone.sees("已裁定 1 处")
        phone.back()
        phone.seesNot("两台手机答案不同")
        val now = phone.desk.inspector.formState(work.check, work.checklist).items
        assertEquals(no.name, now.single { it.name == item.name }.answer)
    }

    private fun differ(work: Work) = differ(work) { core, writer, isFirst ->
        val to = if (isFirst) Consequence.CASE else Consequence.ON_THE_SPOT
        val request = CorrectFinding(work.check, work.finding, "复看现场", consequence = to)
        core.correctFinding(writer, request)
    }

    /** Each phone writes in its own way; a stick goes from the second to this one. */
    private fun differ(work: Work, write: (Inspector, String, Boolean) -> Unit) {
        SecondPhone(phone).use { second ->
            write(phone.desk.inspector, phone.desk.writer(), true)
            write(second.inspector, second.writer, false)
            val stick = second.bundle(work.check, CHEN.name)
            phone.tap("更多")
            phone.tap("摆渡包")
            phone.tap("收进文件")
            phone.choose(stick)
            // The correction, and the custody event of the bundle itself.
            phone.sees("新记录 2 条")
            repeat(2) { phone.back() }
        }
    }
}
