/** An assistance visit: what is missing first, then the 1-2-1-1 board, trainings and checks. */
package org.angen.shell.view

import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.VisitModel
import org.angen.shell.model.VisitState
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import uniffi.angen_bindings.CheckRow
import uniffi.angen_bindings.PartState
import uniffi.angen_bindings.PartView
import uniffi.angen_bindings.TrainingRow

class VisitScreen : Screen<VisitState, VisitModel>() {
    private lateinit var list: LinearLayout

    override fun title() =
        Labels.title(this, "assistance", intent.getStringExtra(TITLE) ?: getString(R.string.visit))

    override fun makeModel() = VisitModel(desk, extra(DOSSIER))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        if (desk.worker?.isMentor == true) {
            page.content.put(
                kit.button(getString(R.string.preparation)) {
                    go(PreparationScreen::class.java, DOSSIER to model.dossier)
                },
            )
        }
        list = page.content.put(kit.column())
        page.content.put(
            kit.button(getString(R.string.report)) {
                go(ReportScreen::class.java, DOSSIER to model.dossier)
            },
        )
        val training = kit.button(getString(R.string.visit_add_training)) {
            go(TrainingScreen::class.java, DOSSIER to model.dossier)
        }
        val check = kit.button(getString(R.string.visit_add_check)) {
            go(EnterprisesScreen::class.java, DOSSIER to model.dossier)
        }
        page.foot.put(kit.beside(training, check))
        val teaching = kit.button(getString(R.string.teaching)) {
            go(TeachingScreen::class.java, DOSSIER to model.dossier)
        }
        val note = kit.button(getString(R.string.note)) {
            go(NoteScreen::class.java, DOSSIER to model.dossier)
        }
        val capture = kit.button(getString(R.string.capture), Weight.MAIN) {
            go(CaptureScreen::class.java, DOSSIER to model.dossier)
        }
        page.foot.put(kit.beside(note, teaching, capture))
    }

    override fun show(state: VisitState) {
        list.removeAllViews()
        if (state.isLoaded) {
            missing(state)
            board(state.board)
            heading(R.string.visit_trainings, state.trainings.isNotEmpty())
            state.trainings.forEach { list.put(training(it)) }
            heading(R.string.visit_checks, state.checks.isNotEmpty())
            state.checks.forEach { list.put(check(it)) }
        }
        say(state.trouble)
    }

    private fun missing(state: VisitState) {
        val more = state.missing.size - state.lines.size
        MissingCard.put(page, list, state.lines, more) { model.showAll() }
    }

    /** Four rows: words and numbers, since colour alone tells nothing through a visor. */
    private fun board(board: List<PartView>) {
        heading(R.string.visit_board, board.isNotEmpty())
        board.forEach { part ->
            val tone = if (part.state == PartState.MET) Tone.GOOD else Tone.PLAIN
            val name = page.words(part.label.zh, part.label.en)
            val how = page.words(part.stateLabel.zh, part.stateLabel.en)
            list.put(page.kit.text("$name　${part.have}/${part.need}　$how", tone), R.dimen.gap_small)
        }
    }

    private fun heading(words: Int, isShown: Boolean) {
        if (isShown) list.put(page.kit.heading(getString(words)))
    }

    private fun training(row: TrainingRow) = page.kit.row(
        row.title,
        listOf(
            row.place to Tone.SOFT,
            row.attended.mapNotNull { it.name }.joinToString("、") to Tone.PLAIN,
        ),
    ) { go(TrainingScreen::class.java, DOSSIER to model.dossier, ABOUT to row.training) }

    private fun check(row: CheckRow) = page.kit.row(
        row.enterpriseName,
        listOf(
            row.address to Tone.SOFT,
            row.lists.joinToString("　") {
                "${Labels.list(this, it.title)} ${it.answered}/${it.asked}"
            } to Tone.PLAIN,
        ),
    ) { go(CheckScreen::class.java, DOSSIER to row.dossier, TITLE to row.enterpriseName) }
}
