/** What is missing, three lines first: the same card wherever it stands. */
package org.angen.shell.view

import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.linesOf
import org.angen.shell.view.kit.Page
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.put
import uniffi.angen_bindings.MissingView

object MissingCard {
    /**
     * [more] is how many stand beyond the lines; [all] shows them, where a screen can. [heading] is
     * for where nobody is about to leave a gate.
     */
    fun put(
        page: Page,
        list: LinearLayout,
        lines: List<MissingView>,
        more: Int,
        heading: Int = R.string.missing_before_leaving,
        all: (() -> Unit)? = null,
    ) {
        val kit = page.kit
        val card = list.put(kit.card())
        val resources = kit.context.resources
        if (lines.isEmpty()) {
            card.put(kit.text(resources.getString(R.string.nothing_missing), Tone.GOOD))
            return
        }
        card.put(kit.heading(resources.getString(heading)))
        linesOf(lines).zip(lines).forEachIndexed { at, (said, line) ->
            val tone = if (line.isOpen) Tone.BAD else Tone.WARN
            card.put(kit.text("${at + 1}. ${page.words(said)}", tone), R.dimen.gap_small)
        }
        if (more <= 0) return
        val words = resources.getQuantityString(R.plurals.more_missing, more, more)
        if (all != null) {
            card.put(kit.button(words) { all() })
        } else {
            card.put(kit.text(words, Tone.SOFT, R.dimen.text_small), R.dimen.gap_small)
        }
    }
}
