/** Conflicts: each value with who wrote it, on which device and when; one big button decides. */
package org.angen.shell.view

import android.text.InputType
import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.ConflictsModel
import org.angen.shell.model.ConflictsState
import org.angen.shell.model.Dispute
import org.angen.shell.model.Statement
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import uniffi.angen_bindings.Author

class ConflictsScreen : Screen<ConflictsState, ConflictsModel>() {
    private lateinit var list: LinearLayout

    override fun title() = getString(R.string.conflicts_title)

    override fun makeModel() = ConflictsModel(desk, intent.getStringExtra(DOSSIER))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        page.content.put(page.kit.text(getString(R.string.conflicts_what), Tone.SOFT))
        list = page.content.put(page.kit.column())
        page.foot.put(page.kit.button(getString(R.string.back)) { finish() })
    }

    override fun show(state: ConflictsState) {
        list.removeAllViews()
        if (state.isLoaded && state.disputes.isEmpty()) {
            list.put(page.kit.text(getString(R.string.conflicts_none), Tone.GOOD))
        }
        state.disputes.forEach { list.put(card(state, it)) }
        say(state.trouble)
        if (state.trouble != null || state.decided == 0) return
        val words = resources.getQuantityString(
            R.plurals.conflicts_decided, state.decided, state.decided,
        )
        page.tell(words, Tone.GOOD)
    }

    private fun card(state: ConflictsState, dispute: Dispute): LinearLayout {
        val kit = page.kit
        val card = kit.card()
        val about = page.words(dispute.about)
        val head = listOf(dispute.title, about).filter { it.isNotEmpty() }
        card.put(kit.heading(head.joinToString(page.words("：", ": "))))
        dispute.because?.let { card.put(kit.text(page.words(it), Tone.SOFT)) }
        dispute.statements.forEach { card.put(statement(state, it)) }
        return card
    }

    private fun statement(state: ConflictsState, statement: Statement): LinearLayout {
        val kit = page.kit
        val column = kit.column()
        val words = page.words(statement.words)
        val author = statement.author
        val who = listOfNotNull(author.name, author.organisation)
        column.put(kit.text(words, size = R.dimen.text_big))
        if (statement.holds) {
            column.put(kit.text(getString(R.string.conflicts_holds), Tone.WARN), R.dimen.gap_small)
        }
        val device = getString(R.string.conflicts_device, author.writer.take(DEVICE_SHOWN))
        val lines = listOf((who + device).joinToString("　"), interval(author))
        lines.forEach { column.put(kit.text(it, Tone.SOFT, R.dimen.text_small), R.dimen.gap_small) }
        if (statement == state.chosen) {
            why(column)
        } else {
            column.put(
                kit.button(getString(R.string.conflicts_choose, words)) { model.choose(statement) }
                    .apply { minHeight = kit.px(R.dimen.answer_min) },
                R.dimen.gap_small,
            )
        }
        return column
    }

    /** The reason, by one press where it is one of the two that it mostly is. */
    private fun why(column: LinearLayout) {
        val kit = page.kit
        column.put(kit.heading(getString(R.string.conflicts_why), R.dimen.text_body))
        val reasons = listOf(R.string.conflicts_together, R.string.conflicts_looked).map {
            val reason = getString(it)
            kit.button(reason, Weight.MAIN) { model.decide(reason) }
        }
        column.put(kit.beside(*reasons.toTypedArray()), R.dimen.gap_small)
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        val other = column.put(kit.field(getString(R.string.conflicts_other), many))
        val not = kit.button(getString(R.string.conflicts_not_yet)) { model.choose(null) }
        val decide = kit.button(getString(R.string.conflicts_decide)) { model.decide(other.words) }
        column.put(kit.beside(not, decide), R.dimen.gap_small)
    }

    /** The claimed time, and the moments of hubs that it lies between, as far as there are any. */
    private fun interval(author: Author): String = listOfNotNull(
        getString(R.string.conflicts_claimed, Labels.time(author.claimedMs)),
        author.notBeforeMs?.let { getString(R.string.conflicts_not_before, Labels.time(it)) },
        author.notAfterMs?.let { getString(R.string.conflicts_not_after, Labels.time(it)) },
        if (author.notBeforeMs != null || author.notAfterMs != null) {
            null
        } else {
            getString(R.string.conflicts_no_hub)
        },
    ).joinToString(page.words("；", "; "))

    private companion object {
        /** As many characters of a writer's id as tell devices of one township apart. */
        const val DEVICE_SHOWN = 8
    }
}
