/** A finding 问题/隐患: proposed from the item, so that a few words are typed; what it lacks. */
package org.angen.shell.model

import uniffi.angen_bindings.Consequence
import uniffi.angen_bindings.Element
import uniffi.angen_bindings.FindingRow
import uniffi.angen_bindings.ProposeFinding
import uniffi.angen_bindings.RaiseFinding

/** What stands behind it: an item that is being found, or a finding that is there. */
data class FindingOf(
    val dossier: String,
    val finding: String?,
    val checklist: String?,
    val item: String?,
)

data class FindingState(
    val consequence: Consequence = Consequence.ORDER,
    val proposed: RaiseFinding? = null,
    val row: FindingRow? = null,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
)

class FindingModel(desk: Desk, val of: FindingOf) : Model<FindingState>(desk, FindingState()) {
    private var finding: String? = of.finding

    fun load() {
        if (finding == null) return propose(state.consequence)
        ask(
            { row(checkNotNull(finding)) },
            failed = { state = state.copy(trouble = it) },
        ) { state = state.copy(row = it) }
    }

    /** Asks anew: what a finding needs depends on what is to come of it. */
    fun propose(consequence: Consequence) {
        val (checklist, item) = (of.checklist ?: return) to (of.item ?: return)
        state = state.copy(consequence = consequence)
        val request = ProposeFinding(of.dossier, checklist, item, consequence, criterionMet = false)
        ask(
            { desk.inspector.proposeFinding(desk.writer(), request) },
            failed = { state = state.copy(trouble = it) },
        ) { state = state.copy(proposed = it) }
    }

    /** Raises it with what the officer added; an element left empty is missing, not refused. */
    fun raise(title: String, location: String, act: String, harm: String) {
        val proposed = state.proposed ?: return
        if (state.isBusy) return
        val told = mapOf("location" to location, "act" to act, "consequence" to harm)
            .filterValues { it.isNotBlank() }
        val elements = proposed.elements.filter { it.code !in told } +
            told.map { Element(it.key, it.value) }
        state = state.copy(isBusy = true, trouble = null)
        ask(
            {
                val made = desk.inspector.raiseFinding(
                    desk.writer(),
                    proposed.copy(title = title, elements = elements),
                )
                note(made.finding)
                finding = made.finding
                row(made.finding)
            },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { state = state.copy(isBusy = false, row = it) }
    }

    val id: String? get() = finding

    /** The checklist's own note of the item, in the finding's words: nothing is typed twice. */
    private fun note(made: String) {
        runCatching { desk.inspector.proposeNote(desk.writer(), of.dossier, made) }
            .onSuccess { desk.inspector.setAnswers(desk.writer(), it) }
    }

    private fun row(finding: String): FindingRow? =
        findingsOf(desk, of.dossier).find { it.finding == finding }
}
