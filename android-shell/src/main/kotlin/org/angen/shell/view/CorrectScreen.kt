/** A finding is corrected or taken back: what it says now, what comes of it, and why it changes. */
package org.angen.shell.view

import android.text.InputType
import android.widget.Button
import org.angen.shell.R
import org.angen.shell.model.CorrectModel
import org.angen.shell.model.CorrectState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.Consequence

class CorrectScreen : Screen<CorrectState, CorrectModel>() {
    private lateinit var name: Field
    private lateinit var consequences: Map<Consequence, Button>
    private lateinit var reason: Field
    private var isFilled = false

    override fun title() = getString(R.string.correct_or_retract)

    override fun makeModel() =
        CorrectModel(desk, extra(DOSSIER), extra(FINDING)).also { it.load() }

    override fun build() {
        val kit = page.kit
        page.content.put(kit.text(getString(R.string.correct_what), Tone.SOFT))
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        name = page.content.put(kit.field(getString(R.string.finding_title), many))
        page.content.put(kit.heading(getString(R.string.finding_consequence)))
        consequences = mapOf(
            Consequence.ON_THE_SPOT to R.string.consequence_spot,
            Consequence.ORDER to R.string.consequence_order,
            Consequence.CASE to R.string.consequence_case,
        ).mapValues { (what, words) -> kit.button(getString(words)) { model.choose(what) } }
        consequences.values.forEach { page.content.put(it, R.dimen.gap_small) }
        reason = page.content.put(kit.field(getString(R.string.correct_why), many))
        val retract = kit.button(getString(R.string.retract), Weight.GRAVE) {
            model.retract(reason.words)
        }
        val correct = kit.button(getString(R.string.correct), Weight.MAIN) {
            model.correct(name.words, reason.words)
        }
        page.foot.put(kit.beside(retract, correct))
    }

    override fun show(state: CorrectState) {
        if (state.isDone) return finish()
        val row = state.row
        if (row != null && !isFilled) {
            isFilled = true
            name.words = row.title
        }
        consequences.forEach { (what, button) -> button.weigh(page.kit, what == state.consequence) }
        val fields = mapOf("title" to name, "reason" to reason)
        val place = state.trouble?.place.orEmpty()
        fields.forEach { (field, view) ->
            view.say(state.trouble?.takeIf { place == field }?.let(page::words))
        }
        say(state.trouble?.takeIf { place !in fields })
    }
}
