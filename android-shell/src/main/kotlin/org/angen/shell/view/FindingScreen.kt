/** A finding: a few words to type, what is to come of it, and then what it still lacks. */
package org.angen.shell.view

import android.text.InputType
import android.view.View
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.model.FindingModel
import org.angen.shell.model.FindingOf
import org.angen.shell.model.FindingState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.Consequence
import uniffi.angen_bindings.FindingRow
import uniffi.angen_bindings.RaiseFinding
import uniffi.angen_bindings.penaltyWords

class FindingScreen : Screen<FindingState, FindingModel>() {
    private lateinit var form: LinearLayout
    private lateinit var basis: TextView
    private lateinit var name: Field
    private lateinit var location: Field
    private lateinit var act: Field
    private lateinit var harm: Field
    private lateinit var consequences: Map<Consequence, Button>
    private lateinit var raise: Button
    private lateinit var held: LinearLayout
    private lateinit var capture: View
    private var shownProposal: RaiseFinding? = null

    override fun title() = getString(R.string.finding)

    override fun makeModel() = FindingModel(
        desk,
        FindingOf(
            extra(DOSSIER),
            intent.getStringExtra(FINDING),
            intent.getStringExtra(ABOUT),
            intent.getStringExtra(ITEM),
        ),
    )

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        form = page.content.put(kit.column())
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        name = form.put(kit.field(getString(R.string.finding_title), many))
        basis = form.put(kit.text("", Tone.SOFT))
        location = form.put(kit.field(getString(R.string.finding_location)))
        act = form.put(kit.field(getString(R.string.finding_act), many))
        harm = form.put(kit.field(getString(R.string.finding_harm)))
        form.put(kit.heading(getString(R.string.finding_consequence)))
        consequences = mapOf(
            Consequence.ON_THE_SPOT to R.string.consequence_spot,
            Consequence.ORDER to R.string.consequence_order,
            Consequence.CASE to R.string.consequence_case,
        ).mapValues { (what, words) -> kit.button(getString(words)) { model.propose(what) } }
        consequences.values.forEach { form.put(it, R.dimen.gap_small) }
        held = page.content.put(kit.column())
        raise = page.foot.put(
            kit.button(getString(R.string.finding_raise), Weight.MAIN) {
                model.raise(name.words, location.words, act.words, harm.words)
            },
        )
        val voice = kit.button(getString(R.string.voice)) { capture(CaptureScreen.VOICE to "") }
        val photo = kit.button(getString(R.string.capture), Weight.MAIN) { capture() }
        capture = page.foot.put(kit.beside(voice, photo))
    }

    private fun capture(vararg more: Pair<String, String>) {
        val finding = model.id ?: return
        val (dossier, about) = (DOSSIER to model.of.dossier) to (ABOUT to finding)
        go(CaptureScreen::class.java, dossier, about, *more)
    }

    override fun show(state: FindingState) {
        val row = state.row
        form.shown(row == null)
        raise.shown(row == null)
        held.shown(row != null)
        capture.shown(row != null)
        consequences.forEach { (what, button) -> button.weigh(page.kit, what == state.consequence) }
        state.proposed?.takeIf { it != shownProposal }?.let(::propose)
        name.say(state.trouble?.takeIf { it.place == "title" }?.let(page::words))
        say(state.trouble?.takeIf { it.place != "title" })
        row?.let(::held)
    }

    /** What the checklist says already; words that the officer typed stay. */
    private fun propose(proposed: RaiseFinding) {
        if (shownProposal == null) name.words = proposed.title
        shownProposal = proposed
        val penalty = proposed.penalty?.let { page.words(penaltyWords(it)) }
        basis.text = listOfNotNull(proposed.legalBasis, penalty, proposed.majorHazard)
            .joinToString("\n")
    }

    private fun held(row: FindingRow) {
        val kit = page.kit
        held.removeAllViews()
        held.put(kit.heading(row.title))
        val stage = row.stageLabel?.let { page.words(it.zh, it.en) }
        val consequence = page.words(row.consequenceLabel.zh, row.consequenceLabel.en)
        held.put(kit.text(listOfNotNull(consequence, stage).joinToString("　"), Tone.SOFT))
        if (row.isRetracted) held.put(kit.text(getString(R.string.retracted), Tone.BAD))
        row.reason?.let { held.put(kit.text(it, Tone.SOFT), R.dimen.gap_small) }
        MissingCard.put(page, held, row.lacks, more = 0)
        held.put(kit.heading(getString(R.string.finding_elements)))
        row.elements.forEach { element ->
            val words = element.words ?: getString(R.string.element_missing)
            val tone = if (element.words == null) Tone.WARN else Tone.PLAIN
            val label = page.words(element.label.zh, element.label.en)
            val line = page.words("$label：$words", "$label: $words")
            held.put(kit.text(line, tone), R.dimen.gap_small)
        }
        val count = row.evidence.toInt()
        held.put(kit.text(resources.getQuantityString(R.plurals.evidence_count, count, count)))
        val penalty = row.penalty?.let { page.words(penaltyWords(it)) }
        val basis = listOfNotNull(row.legalBasis, penalty).joinToString("\n")
        held.put(kit.text(basis, Tone.SOFT, R.dimen.text_small))
        next(row)
    }

    /** What follows: what was chosen leads to the step itself. */
    private fun next(row: FindingRow) {
        if (row.isRetracted) return
        val kit = page.kit
        val dossier = DOSSIER to model.of.dossier
        if (row.consequence == Consequence.ORDER) {
            held.put(
                kit.button(getString(R.string.order)) {
                    go(OrderScreen::class.java, dossier, FINDING to row.finding)
                },
            )
        }
        held.put(
            kit.button(getString(R.string.measure)) {
                go(MeasureScreen::class.java, dossier, FINDING to row.finding)
            },
        )
        held.put(
            kit.button(getString(R.string.correct_or_retract)) {
                go(CorrectScreen::class.java, dossier, FINDING to row.finding)
            },
        )
    }
}
