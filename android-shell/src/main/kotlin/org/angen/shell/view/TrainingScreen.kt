/** A training: what it covered, who held it, and who signed in. */
package org.angen.shell.view

import android.widget.Button
import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.Agenda
import org.angen.shell.model.TrainingModel
import org.angen.shell.model.TrainingState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.OfficerRow
import uniffi.angen_bindings.Purpose
import uniffi.angen_bindings.TrainingRow

class TrainingScreen : Screen<TrainingState, TrainingModel>() {
    private lateinit var form: LinearLayout
    private lateinit var held: LinearLayout
    private lateinit var trainers: LinearLayout
    private lateinit var name: Field
    private lateinit var place: Field
    private lateinit var parts: Map<Agenda, Button>
    private lateinit var record: Button
    private lateinit var signing: LinearLayout
    private var listed: List<OfficerRow>? = null

    override fun title() = getString(R.string.visit_trainings)

    override fun makeModel() =
        TrainingModel(desk, extra(DOSSIER), intent.getStringExtra(ABOUT))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        form = page.content.put(kit.column())
        name = form.put(kit.field(getString(R.string.training_title)))
        name.words = getString(R.string.training_usual)
        place = form.put(kit.field(getString(R.string.training_place)))
        form.put(kit.heading(getString(R.string.training_trainer)))
        trainers = form.put(kit.column())
        form.put(kit.heading(getString(R.string.training_agenda)))
        parts = Agenda.entries.associateWith { part ->
            kit.button(page.words(part.zh, part.en)) { model.toggle(part) }
        }
        parts.values.chunked(2).forEach { pair -> form.put(kit.beside(*pair.toTypedArray())) }
        held = page.content.put(kit.column())
        record = page.foot.put(
            kit.button(getString(R.string.visit_add_training), Weight.MAIN) {
                model.record(name.words, place.words, HOURS)
            },
        )
        signing = page.foot.put(kit.column())
        signing.put(kit.button(getString(R.string.hand_over)) { go(SignInScreen::class.java) })
        signing.put(
            kit.button(getString(R.string.training_confirm), Weight.MAIN) { model.confirm() },
        )
    }

    override fun show(state: TrainingState) {
        val row = state.training
        form.shown(row == null)
        record.shown(row == null)
        held.shown(row != null)
        signing.shown(row != null)
        if (listed != state.trainers) list(state)
        parts.forEach { (part, button) -> button.weigh(page.kit, part in state.agenda) }
        place.say(state.trouble?.takeIf { it.place == "place" }?.let(page::words))
        name.say(state.trouble?.takeIf { it.place == "title" }?.let(page::words))
        say(state.trouble?.takeIf { it.place !in listOf("place", "title") })
        row?.let(::held)
    }

    private fun list(state: TrainingState) {
        listed = state.trainers
        trainers.removeAllViews()
        state.trainers.forEach { mentor ->
            val button = trainers.put(page.kit.button(mentor.name) { model.choose(mentor.writer) })
            button.weigh(page.kit, mentor.writer == state.trainer)
        }
        if (state.trainers.isEmpty()) {
            trainers.put(page.kit.text(getString(R.string.training_no_mentor), Tone.WARN))
        }
    }

    private fun held(row: TrainingRow) {
        val kit = page.kit
        held.removeAllViews()
        held.put(kit.heading(row.title))
        held.put(kit.text(listOfNotNull(row.place, row.trainerName).joinToString("　"), Tone.SOFT))
        held.put(kit.heading(getString(R.string.training_came)))
        row.attended.forEach { held.put(kit.text("✓ " + (it.name ?: it.writer), Tone.GOOD)) }
        if (row.attended.isEmpty()) {
            held.put(kit.text(getString(R.string.training_nobody), Tone.WARN))
        }
        held.put(kit.text(getString(R.string.training_each), Tone.SOFT))
        courseware(row)
    }

    private fun courseware(row: TrainingRow) {
        val kit = page.kit
        held.put(kit.heading(getString(R.string.training_courseware)))
        val kept = model.state.courseware
        kept.forEach { held.put(kit.text("✓ " + it.caption, Tone.GOOD)) }
        if (kept.isEmpty()) {
            held.put(kit.text(getString(R.string.training_no_courseware), Tone.WARN))
        }
        held.put(
            kit.button(getString(R.string.training_capture)) {
                go(
                    CaptureScreen::class.java,
                    DOSSIER to model.visit,
                    ABOUT to row.training,
                    PURPOSE to Purpose.COURSEWARE.name,
                )
            },
        )
    }

    private companion object {
        /** How long a training lasts that is recorded at its end. */
        const val HOURS = 2
    }
}
