package org.angen.shell

import org.angen.shell.model.dayAfter
import org.angen.shell.model.dayOf
import org.angen.shell.model.linesOf
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import uniffi.angen_bindings.MissingView

/** What the models make of the core's values, on a plain JVM. */
class WordsTest {
    @Test
    fun `a line of what is missing names its check only where it repeats`() {
        val lines = linesOf(
            listOf(
                line("没有依据", "甲公司"),
                line("还缺照片", "甲公司"),
                line("没有依据", "乙公司"),
            ),
        )
        assertEquals(listOf("甲公司：没有依据", "还缺照片", "乙公司：没有依据"), lines.map { it.zh })
        assertEquals("乙公司: none", lines.last().en)
    }

    @Test
    fun `days are those of China`() {
        assertEquals("2026-09-15", dayOf(1_789_434_000_000))
        assertEquals("2026-09-16", dayOf(1_789_434_000_000 + 15 * 3_600_000L))
        assertEquals("2026-10-15", dayAfter("2026-09-15", 30))
        assertNull(dayAfter("昨天", 1))
    }

    private fun line(zh: String, title: String) = MissingView(
        code = "mandate",
        zh = zh,
        en = "none",
        rule = "R01",
        step = null,
        isOpen = false,
        dossier = "d",
        subject = null,
        title = title,
    )
}
