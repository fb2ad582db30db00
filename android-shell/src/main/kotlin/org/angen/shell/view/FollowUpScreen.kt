/** What follows the findings of a check: its orders, item by item, and the next steps. */
package org.angen.shell.view

import android.widget.Button
import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.FollowUpModel
import org.angen.shell.model.FollowUpState
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import uniffi.angen_bindings.OrderItemView
import uniffi.angen_bindings.OrderView
import uniffi.angen_bindings.RecheckOutcome

class FollowUpScreen : Screen<FollowUpState, FollowUpModel>() {
    private lateinit var list: LinearLayout
    private lateinit var order: Button
    private lateinit var papers: Button

    override fun title() = getString(R.string.follow_up)

    override fun makeModel() = FollowUpModel(desk, extra(DOSSIER))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        list = page.content.put(kit.column())
        papers = page.foot.put(
            kit.button(getString(R.string.papers)) {
                go(PapersScreen::class.java, DOSSIER to model.dossier)
            },
        )
        val measure = kit.button(getString(R.string.measure)) {
            go(MeasureScreen::class.java, DOSSIER to model.dossier)
        }
        order = kit.button(getString(R.string.order), Weight.MAIN) {
            go(OrderScreen::class.java, DOSSIER to model.dossier)
        }
        page.foot.put(kit.beside(measure, order))
    }

    override fun show(state: FollowUpState) {
        list.removeAllViews()
        papers.shown(state.orders.isNotEmpty())
        order.isEnabled = state.waiting.isNotEmpty()
        if (state.isLoaded && state.waiting.isNotEmpty()) {
            val count = state.waiting.size
            val words = resources.getQuantityString(R.plurals.order_waiting, count, count)
            list.put(page.kit.text(words, Tone.WARN))
        }
        if (state.isLoaded && state.orders.isEmpty() && state.waiting.isEmpty()) {
            list.put(page.kit.text(getString(R.string.order_none), Tone.SOFT))
        }
        state.orders.forEach(::order)
        say(state.trouble)
    }

    private fun order(order: OrderView) {
        val head = getString(R.string.order_of, order.issuedOn)
        list.put(page.kit.heading(listOfNotNull(head, order.number).joinToString("　")))
        order.items.forEach { list.put(item(order, it), R.dimen.gap_small) }
    }

    private fun item(order: OrderView, item: OrderItemView) = page.kit.row(
        item.title,
        listOf(
            (item.by?.let { getString(R.string.order_by, it) }
                ?: getString(R.string.order_at_once)) to Tone.PLAIN,
            when (item.outcome) {
                null -> getString(R.string.recheck_open) to Tone.WARN
                RecheckOutcome.CORRECTED -> getString(R.string.recheck_corrected) to Tone.GOOD
                RecheckOutcome.PARTLY -> getString(R.string.recheck_partly) to Tone.BAD
                RecheckOutcome.NOT_CORRECTED -> getString(R.string.recheck_not) to Tone.BAD
            },
        ),
    ) {
        go(
            RecheckScreen::class.java,
            DOSSIER to model.dossier,
            ABOUT to order.order,
            FINDING to item.finding,
        )
    }
}
