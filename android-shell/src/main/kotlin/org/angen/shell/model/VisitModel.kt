/** An assistance visit: its 1-2-1-1 board, what is missing, its trainings and its checks. */
package org.angen.shell.model

import uniffi.angen_bindings.CheckRow
import uniffi.angen_bindings.MissingView
import uniffi.angen_bindings.PartView
import uniffi.angen_bindings.TrainingRow

data class VisitState(
    val board: List<PartView> = emptyList(),
    val missing: List<MissingView> = emptyList(),
    val trainings: List<TrainingRow> = emptyList(),
    val checks: List<CheckRow> = emptyList(),
    val isLoaded: Boolean = false,
    val areAllShown: Boolean = false,
    val trouble: Trouble? = null,
) {
    /** Three lines until more is asked for. */
    val lines: List<MissingView> get() = if (areAllShown) missing else missing.take(LINES_AT_GATE)
}

class VisitModel(desk: Desk, val dossier: String) : Model<VisitState>(desk, VisitState()) {
    fun load() = ask(
        {
            val now = desk.nowMs()
            VisitState(
                board = desk.inspector.board(dossier, now).parts,
                missing = desk.inspector.missing(dossier, now),
                trainings = desk.inspector.trainings(dossier, null).rows,
                checks = desk.inspector.checks(dossier, null).rows,
                isLoaded = true,
            )
        },
        failed = { state = state.copy(trouble = it) },
    ) { state = it.copy(areAllShown = state.areAllShown) }

    fun showAll() {
        state = state.copy(areAllShown = true)
    }
}
