/** Measures on the spot: those that stand, one press for another, and how each was lifted. */
package org.angen.shell.view

import android.text.InputType
import android.view.View
import android.widget.Button
import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.MeasureModel
import org.angen.shell.model.MeasuresState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.Measure
import uniffi.angen_bindings.MeasureKind
import uniffi.angen_bindings.MeasureRow
import uniffi.angen_bindings.MeasureState

class MeasureScreen : Screen<MeasuresState, MeasureModel>() {
    private lateinit var list: LinearLayout
    private lateinit var before: LinearLayout
    private lateinit var kinds: Map<MeasureKind, Button>
    private lateinit var findings: LinearLayout
    private lateinit var words: Field
    private lateinit var toldTo: Field
    private lateinit var after: LinearLayout
    private lateinit var taken: LinearLayout
    private lateinit var how: Field
    private lateinit var lift: Button
    private lateinit var take: Button

    override fun title() = getString(R.string.measure)

    override fun makeModel() = MeasureModel(desk, extra(DOSSIER), intent.getStringExtra(FINDING))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        list = page.content.put(kit.column())
        before = page.content.put(kit.column())
        before.put(kit.heading(getString(R.string.measure_new)))
        kinds = MeasureKind.entries.associateWith { kind ->
            kit.button(getString(name(kind))) { model.choose(kind) }
        }
        kinds.values.chunked(2).forEach {
            before.put(kit.beside(*it.toTypedArray()), R.dimen.gap_small)
        }
        findings = before.put(kit.column())
        words = before.put(kit.field(getString(R.string.measure_words), many))
        toldTo = before.put(kit.field(getString(R.string.told_to)))
        after = page.content.put(kit.column())
        taken = after.put(kit.card())
        how = after.put(kit.field(getString(R.string.measure_how), many))
        lift = after.put(kit.button(getString(R.string.measure_lift)) { model.lift(how.words) })
        after.put(kit.button(getString(R.string.measure_all)) { model.list() })
        page.foot.put(kit.button(getString(R.string.capture), press = ::capture))
        take = page.foot.put(
            kit.button(getString(R.string.measure_take), Weight.MAIN) {
                model.take(words.words, toldTo.words)
            },
        )
    }

    override fun show(state: MeasuresState) {
        val kit = page.kit
        kinds.forEach { (kind, button) -> button.weigh(kit, kind == state.kind) }
        findings.removeAllViews()
        if (state.findings.isNotEmpty()) {
            findings.put(kit.heading(getString(R.string.measure_about)))
        }
        state.findings.forEach { row ->
            findings.put(kit.button(row.title) { model.toggle(row.finding) }, R.dimen.gap_small)
                .weigh(kit, row.finding in state.about)
        }
        val measure = state.taken
        list(state)
        list.shown(measure == null && state.rows.isNotEmpty())
        before.shown(measure == null)
        take.shown(measure == null)
        after.shown(measure != null)
        measure?.let(::taken)
        how.say(state.trouble?.takeIf { it.place == "checked_how" }?.let(page::words))
        say(state.trouble?.takeIf { it.place != "checked_how" })
    }

    private fun list(state: MeasuresState) {
        val kit = page.kit
        list.removeAllViews()
        list.put(kit.heading(getString(R.string.measure_list)))
        state.rows.forEach { list.put(row(it)) }
        if (state.next == null) return
        list.put(kit.button(getString(R.string.measure_more)) { model.more() })
    }

    /** A preservation is decided on at a desk: here it is only seen. */
    private fun row(row: MeasureRow): View {
        val tone = when (row.state) {
            MeasureState.OVER_DUE -> Tone.BAD
            MeasureState.IN_FORCE -> Tone.WARN
            MeasureState.WAITING -> Tone.PLAIN
            MeasureState.ENDED -> Tone.GOOD
        }
        val due = row.due?.let { getString(R.string.measure_due, it) to tone }
        val lines = listOfNotNull(
            page.words(row.stateLabel) to tone,
            due,
            row.words to Tone.PLAIN,
            Labels.time(row.sinceMs) to Tone.SOFT,
        )
        val isMeasure = row.measure != null
        return page.kit.row(page.words(row.label), lines, { model.open(row) }.takeIf { isMeasure })
    }

    private fun taken(measure: Measure) {
        val kit = page.kit
        val isLifted = measure.lifted != null
        listOf(how, lift).forEach { it.shown(!isLifted) }
        taken.removeAllViews()
        val words = if (isLifted) R.string.measure_lifted else R.string.measure_taken
        taken.put(kit.text(getString(words), Tone.GOOD))
        taken.put(kit.heading(getString(name(measure.kind))))
        measure.words?.let { taken.put(kit.text(it)) }
        taken.put(kit.text(measure.legalBasis, Tone.SOFT, R.dimen.text_small))
        val count = measure.shownBy.size
        taken.put(
            kit.text(resources.getQuantityString(R.plurals.evidence_count, count, count)),
            R.dimen.gap_small,
        )
        measure.lifted?.let { taken.put(kit.text(it.checkedHow)) }
    }

    private fun capture() {
        val about = model.finding
        if (about == null) return go(CaptureScreen::class.java, DOSSIER to model.dossier)
        go(CaptureScreen::class.java, DOSSIER to model.dossier, ABOUT to about)
    }

    private fun name(kind: MeasureKind): Int = when (kind) {
        MeasureKind.CORRECT_AT_ONCE -> R.string.measure_correct
        MeasureKind.REMOVE_AT_ONCE -> R.string.measure_remove
        MeasureKind.EVACUATE -> R.string.measure_evacuate
        MeasureKind.STOP_WORK -> R.string.measure_stop_work
        MeasureKind.STOP_EQUIPMENT -> R.string.measure_stop_equipment
        MeasureKind.STOP_OPERATION -> R.string.measure_stop_operation
        MeasureKind.SEAL_OR_SEIZE -> R.string.measure_seal
        MeasureKind.CUT_SUPPLY -> R.string.measure_cut
    }
}
