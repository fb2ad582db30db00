/** An order to correct: each finding with its own deadline, one press each. */
package org.angen.shell.view

import android.view.View
import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.AT_ONCE
import org.angen.shell.model.OrderModel
import org.angen.shell.model.OrderState
import org.angen.shell.model.USUAL_DAYS
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.FindingRow

class OrderScreen : Screen<OrderState, OrderModel>() {
    private lateinit var list: LinearLayout
    private lateinit var toldTo: Field
    private lateinit var issue: View

    override fun title() = getString(R.string.order)

    override fun makeModel() = OrderModel(desk, extra(DOSSIER))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        page.content.put(kit.text(getString(R.string.order_what), Tone.SOFT))
        list = page.content.put(kit.column())
        toldTo = page.content.put(kit.field(getString(R.string.told_to)))
        issue = page.foot.put(
            kit.button(getString(R.string.order_issue), Weight.MAIN) { model.issue(toldTo.words) },
        )
    }

    override fun show(state: OrderState) {
        if (state.issued != null) return finish()
        list.removeAllViews()
        if (state.isLoaded && state.findings.isEmpty()) {
            list.put(page.kit.text(getString(R.string.order_nothing), Tone.WARN))
        }
        state.findings.forEach { list.put(card(state, it)) }
        issue.isEnabled = state.by.isNotEmpty() && !state.isBusy
        say(state.trouble)
    }

    private fun card(state: OrderState, row: FindingRow): LinearLayout {
        val kit = page.kit
        val card = kit.card()
        card.put(kit.heading(row.title, R.dimen.text_body))
        row.majorHazard?.let { card.put(kit.text(it, Tone.BAD, R.dimen.text_small)) }
        val given = state.by[row.finding]
        val words = when (given) {
            null -> getString(R.string.order_left_out)
            AT_ONCE -> getString(R.string.order_at_once)
            else -> getString(R.string.order_by, given)
        }
        card.put(kit.text(words, if (given == null) Tone.WARN else Tone.GOOD), R.dimen.gap_small)
        val now = choice(row, getString(R.string.order_at_once), AT_ONCE, given)
        val days = USUAL_DAYS.map { days ->
            val label = resources.getQuantityString(R.plurals.days, days.toInt(), days.toInt())
            choice(row, label, model.inDays(days), given)
        }
        val out = kit.button(getString(R.string.order_leave_out)) { model.give(row.finding, null) }
            .apply { weigh(kit, given == null) }
        card.put(kit.beside(now, days[0]), R.dimen.gap_small)
        card.put(kit.beside(days[1], days[2]), R.dimen.gap_small)
        val other = card.put(kit.field(getString(R.string.order_other_day)))
        val set = kit.button(getString(R.string.order_set_day)) {
            if (other.words.isNotEmpty()) model.give(row.finding, other.words)
        }
        card.put(kit.beside(out, set), R.dimen.gap_small)
        return card
    }

    private fun choice(row: FindingRow, label: String, by: String, given: String?) =
        page.kit.button(label) { model.give(row.finding, by) }
            .apply { weigh(page.kit, by == given) }
}
