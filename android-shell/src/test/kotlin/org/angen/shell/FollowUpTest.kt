package org.angen.shell

import org.angen.shell.bench.GUARD
import org.angen.shell.bench.Phone
import org.angen.shell.bench.beginWork
import org.angen.shell.bench.look
import org.angen.shell.bench.openOf
import org.angen.shell.bench.photograph
import org.angen.shell.bench.picture
import org.angen.shell.bench.raise
import org.angen.shell.view.CheckScreen
import org.angen.shell.view.MeasureScreen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import uniffi.angen_bindings.MeasureKind
import uniffi.angen_bindings.RecheckOutcome
import uniffi.angen_bindings.TakeMeasure

/** What follows a finding: a measure at once, an order with a deadline for each, the re-check. */
@RunWith(RobolectricTestRunner::class)
class FollowUpTest {
    private val phone = Phone()

    @After
    fun close() = phone.close()

    @Test
    fun `a finding leads to its order, the order to a longer deadline and a re-check`() {
        val work = phone.beginWork()
        phone.raise(work.check, work.checklist, "MW01", "传动皮带没有护罩")
        phone.openOf(CheckScreen::class.java, work.check)
        phone.tap(GUARD)
        phone.sees("安全生产法（2021）第九十九条第二项")
        phone.seesNot("P99")
        phone.tap("责令限期整改")
        phone.sees("期限 2026-09-30")
        phone.look("order")
        phone.type("另定日期", "昨天")
        phone.tap("按此日期")
        phone.tap("下达责令")
        phone.sees("不是期限")
        phone.tap("30 天")
        phone.type("告知了谁", "总经理张某")
        phone.tap("下达责令")
        phone.sees("2026-09-15 责令")
        phone.back()
        // Once ordered, the finding leads to the order that stands.
        phone.tap("责令限期整改")
        listOf("2026-09-15 责令", "期限 2026-10-15", "期限 2026-09-30").forEach(phone::sees)
        phone.look("follow-up")
        recheck()
        val items = phone.desk.inspector.orders(work.check).single().items
        assertEquals("2026-10-30", items.first().by)
        assertEquals(RecheckOutcome.PARTLY, items.first().outcome)
    }

    private fun recheck() {
        phone.tap(GUARD)
        phone.tap("同意延期")
        phone.sees("不能为空")
        phone.type("对方申请延期的原因", "配件要一个月才到货")
        phone.tap("同意延期")
        phone.sees("已延期至 2026-10-30")
        phone.tap("拍照取证")
        phone.photograph()
        phone.back()
        phone.sees("证据 1 份")
        phone.tap("记录复查")
        phone.sees("请先选复查结果")
        phone.tap("部分整改")
        phone.tap("记录复查")
        phone.sees("请写明复查看到的情况")
        phone.type("复查看到的情况", "装了护罩，还缺托架")
        phone.look("recheck")
        phone.tap("记录复查")
        phone.sees("应提出立案")
        phone.back()
        phone.sees("部分整改")
    }

    @Test
    fun `a measure is taken at once with its photo, and lifted only when it was checked`() {
        val work = phone.beginWork()
        phone.openOf(CheckScreen::class.java, work.check)
        phone.tap(GUARD)
        phone.tap("现场处理措施")
        phone.tap("采取措施")
        phone.sees("请先选一种措施")
        phone.tap("停止使用设备")
        phone.tap("拍照取证")
        phone.photograph()
        phone.back()
        phone.look("measure") { tap(word(R.string.measure_stop_equipment)) }
        phone.type("具体要求", "砂轮机断电挂牌")
        phone.tap("采取措施")
        listOf("已采取", "停止使用设备", "砂轮机断电挂牌", "证据 1 份").forEach(phone::sees)
        phone.picture("measure-taken")
        phone.tap("解除措施")
        phone.sees("不能为空")
        phone.type("怎样确认危险已消除", "护罩装好，试机十分钟")
        phone.tap("解除措施")
        phone.sees("已解除")
    }

    @Test
    fun `a measure is lifted from the list, not only where it was taken`() {
        val work = phone.beginWork()
        val both =
            listOf(MeasureKind.STOP_EQUIPMENT to "砂轮机断电挂牌", MeasureKind.CUT_SUPPLY to "配电间")
        both.forEach { (kind, words) ->
            val request = TakeMeasure(
                dossier = work.check,
                kind = kind,
                findings = listOf(work.finding),
                words = words,
                shownBy = emptyList(),
            )
            phone.desk.inspector.takeMeasure(phone.desk.writer(), request)
        }
        phone.openOf(MeasureScreen::class.java, work.check)
        listOf("已有的措施", "执行中", "砂轮机断电挂牌", "待区局决定").forEach(phone::sees)
        phone.look("measures")
        phone.tap("砂轮机断电挂牌")
        phone.seesNot("待区局决定")
        phone.type("怎样确认危险已消除", "护罩装好，试机十分钟")
        phone.tap("解除措施")
        phone.sees("已解除，已记录")
        phone.tap("看全部措施")
        listOf("已解除", "待区局决定", "采取新的措施").forEach(phone::sees)
        phone.seesNot("执行中")
        // What is lifted still says how; what the bureau decides is not lifted here.
        phone.tap("砂轮机断电挂牌")
        phone.sees("试机十分钟")
    }
}
