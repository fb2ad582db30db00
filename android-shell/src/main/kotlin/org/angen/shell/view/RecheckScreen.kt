/** One item of an order afterwards: what is found now, or a longer deadline and why. */
package org.angen.shell.view

import android.text.InputType
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.model.RecheckModel
import org.angen.shell.model.RecheckState
import org.angen.shell.model.dayAfter
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.OrderItemView
import uniffi.angen_bindings.RecheckOutcome

class RecheckScreen : Screen<RecheckState, RecheckModel>() {
    private lateinit var what: LinearLayout
    private lateinit var outcomes: Map<RecheckOutcome, Button>
    private lateinit var words: Field
    private lateinit var photos: TextView
    private lateinit var reason: Field
    private lateinit var until: Field
    private var proposedFor: String? = null

    override fun title() = getString(R.string.recheck)

    override fun makeModel() = RecheckModel(desk, extra(DOSSIER), extra(ABOUT), extra(FINDING))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        what = page.content.put(kit.column())
        outcomes = mapOf(
            RecheckOutcome.CORRECTED to R.string.recheck_corrected,
            RecheckOutcome.PARTLY to R.string.recheck_partly,
            RecheckOutcome.NOT_CORRECTED to R.string.recheck_not,
        ).mapValues { (outcome, words) ->
            kit.button(getString(words)) { model.choose(outcome) }
                .apply { minHeight = kit.px(R.dimen.answer_min) }
        }
        outcomes.values.forEach { page.content.put(it, R.dimen.gap_small) }
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        words = page.content.put(kit.field(getString(R.string.recheck_words), many))
        photos = page.content.put(kit.text("", Tone.SOFT))
        longer(many)
        page.foot.put(
            kit.button(getString(R.string.capture)) {
                val about = ABOUT to model.finding
                go(CaptureScreen::class.java, DOSSIER to model.dossier, about)
            },
        )
        page.foot.put(
            kit.button(getString(R.string.recheck_record), Weight.MAIN) {
                model.record(words.words)
            },
        )
    }

    private fun longer(many: Int) {
        val kit = page.kit
        val card = page.content.put(kit.card())
        card.put(kit.heading(getString(R.string.extend)))
        reason = card.put(kit.field(getString(R.string.extend_reason), many))
        until = card.put(kit.field(getString(R.string.extend_until)))
        val no = kit.button(getString(R.string.extend_refuse)) { model.extend(reason.words, null) }
        val yes = kit.button(getString(R.string.extend_grant)) {
            model.extend(reason.words, until.words)
        }
        card.put(kit.beside(no, yes))
    }

    override fun show(state: RecheckState) {
        val kit = page.kit
        outcomes.forEach { (outcome, button) -> button.weigh(kit, outcome == state.outcome) }
        what.removeAllViews()
        state.item?.let(::item)
        val count = state.photos.size
        photos.text = resources.getQuantityString(R.plurals.evidence_count, count, count)
        val place = state.trouble?.place.orEmpty()
        val fields = mapOf("reason" to reason, "granted_to" to until, "items 1" to words)
        fields.forEach { (name, field) ->
            field.say(state.trouble?.takeIf { name == place }?.let(page::words))
        }
        say(state.trouble?.takeIf { place !in fields })
        if (state.trouble == null) state.done?.let { page.tell(page.words(it), Tone.GOOD) }
    }

    private fun item(item: OrderItemView) {
        val kit = page.kit
        what.put(kit.heading(item.title))
        val by = item.by
        what.put(
            kit.text(
                by?.let { getString(R.string.order_by, it) } ?: getString(R.string.order_at_once),
                Tone.SOFT,
            ),
        )
        // A deadline is mostly made longer by a fortnight; the officer may say another day.
        if (by != null && by != proposedFor) {
            proposedFor = by
            until.words = dayAfter(by, LONGER_DAYS).orEmpty()
        }
    }

    private companion object {
        const val LONGER_DAYS = 15L
    }
}
