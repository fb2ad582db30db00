/** Enterprises 企业: found by two characters or pinyin, registered once, and checked from here. */
package org.angen.shell.model

import uniffi.angen_bindings.ChecklistRow
import uniffi.angen_bindings.FoundEnterprise
import uniffi.angen_bindings.PlanCheck
import uniffi.angen_bindings.RegisterEnterprise

/** [chosen] is the enterprise that a check is being planned of; [planned] its new dossier. */
data class EnterprisesState(
    val words: String = "",
    val found: List<FoundEnterprise> = emptyList(),
    val next: Long? = null,
    val chosen: FoundEnterprise? = null,
    val lists: List<ChecklistRow> = emptyList(),
    val picked: Set<String> = emptySet(),
    val isBusy: Boolean = false,
    val planned: String? = null,
    val trouble: Trouble? = null,
)

class EnterprisesModel(desk: Desk, private val visit: String?) :
    Model<EnterprisesState>(desk, EnterprisesState()) {
    /** Searches; what is typed meanwhile wins. */
    fun search(words: String) {
        state = state.copy(words = words)
        ask(
            { desk.inspector.findEnterprises(words, null) },
            failed = { state = state.copy(trouble = it) },
        ) {
            if (words != state.words) return@ask
            state = state.copy(found = it.found, next = it.next, trouble = null)
        }
    }

    fun more() {
        val (words, after) = state.words to (state.next ?: return)
        ask(
            { desk.inspector.findEnterprises(words, after) },
            failed = { state = state.copy(trouble = it) },
        ) {
            if (words != state.words) return@ask
            state = state.copy(found = state.found + it.found, next = it.next)
        }
    }

    fun register(request: RegisterEnterprise) = ask(
        { desk.inspector.registerEnterprise(desk.writer(), request) },
        failed = { state = state.copy(trouble = it) },
    ) { made ->
        choose(FoundEnterprise(place = 0, made.enterprise, made.name, made.creditCode))
    }

    fun choose(enterprise: FoundEnterprise?) {
        state = state.copy(chosen = enterprise, picked = emptySet(), trouble = null)
        if (enterprise == null) return
        ask(
            { desk.inspector.checklists(null).rows },
            failed = { state = state.copy(trouble = it) },
        ) { state = state.copy(lists = it) }
    }

    fun pick(checklist: String) {
        val picked = state.picked
        val isPicked = checklist in picked
        state = state.copy(picked = if (isPicked) picked - checklist else picked + checklist)
    }

    /** Opens a check of the chosen enterprise; it rests on the visit, or on the year's plan. */
    fun plan(approvalNo: String, noticeNo: String) {
        val chosen = state.chosen ?: return
        if (state.isBusy) return
        val basis = if (visit == null) "plan" else "assistance"
        val request = PlanCheck(
            enterprise = chosen.enterprise,
            checklists = state.picked.toList(),
            basis = basis,
            approvalNo = approvalNo.ifEmpty { null },
            noticeNo = noticeNo.ifEmpty { null },
            assistance = visit,
        )
        state = state.copy(isBusy = true, trouble = null)
        ask(
            { desk.inspector.planCheck(desk.writer(), request) },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { state = state.copy(isBusy = false, planned = it.dossier) }
    }
}
