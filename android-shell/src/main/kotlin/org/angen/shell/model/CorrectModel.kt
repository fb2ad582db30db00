/** A finding that is corrected 更正 or taken back 撤回: always with a reason, and both stay. */
package org.angen.shell.model

import uniffi.angen_bindings.Consequence
import uniffi.angen_bindings.CorrectFinding
import uniffi.angen_bindings.FindingRow

/** [isDone] once it was corrected or taken back: the screen goes. */
data class CorrectState(
    val row: FindingRow? = null,
    val consequence: Consequence? = null,
    val isBusy: Boolean = false,
    val isDone: Boolean = false,
    val trouble: Trouble? = null,
)

class CorrectModel(desk: Desk, private val dossier: String, private val finding: String) :
    Model<CorrectState>(desk, CorrectState()) {
    fun load() = ask(
        { findingsOf(desk, dossier).find { it.finding == finding } },
        failed = { state = state.copy(trouble = it) },
    ) { state = state.copy(row = it, consequence = it?.consequence) }

    fun choose(consequence: Consequence) {
        state = state.copy(consequence = consequence, trouble = null)
    }

    /** Says only what is other than before: what was not touched is not said again. */
    fun correct(title: String, reason: String) {
        val row = state.row ?: return
        val request = CorrectFinding(
            dossier = dossier,
            finding = finding,
            reason = reason,
            title = title.takeIf { it != row.title },
            consequence = state.consequence?.takeIf { it != row.consequence },
        )
        act { desk.inspector.correctFinding(desk.writer(), request) }
    }

    fun retract(reason: String) =
        act { desk.inspector.retract(desk.writer(), dossier, finding, reason) }

    private fun act(verb: () -> Any?) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null)
        ask(verb, failed = { state = state.copy(isBusy = false, trouble = it) }) {
            state = state.copy(isBusy = false, isDone = true)
        }
    }
}
