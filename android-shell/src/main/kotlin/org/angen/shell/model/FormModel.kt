/** A checklist while it is answered: what is asked follows from the answers, at once. */
package org.angen.shell.model

import uniffi.angen_bindings.ItemKind
import uniffi.angen_bindings.ItemState
import uniffi.angen_bindings.SetAnswers
import uniffi.angen_bindings.ShownForm
import uniffi.angen_bindings.ShownItem

/** Items on one screen: a glove scrolls badly, and a list of a thousand views is slow. */
const val ITEMS_SHOWN = 10

/** An answer that replaces one: the core asks why. */
data class Change(val item: String, val value: String)

data class FormScreenState(
    val form: ShownForm? = null,
    val from: Int = 0,
    val change: Change? = null,
    val trouble: Trouble? = null,
) {
    /** What is asked now, in the order of the checklist; groups are no questions themselves. */
    val asked: List<Pair<ShownItem, ItemState>>
        get() {
            val form = form ?: return emptyList()
            return form.items.zip(form.state.items)
                .filter { (item, state) -> state.isRelevant && item.kind != ItemKind.GROUP }
        }

    val shown: List<Pair<ShownItem, ItemState>> get() = asked.drop(from).take(ITEMS_SHOWN)

    val hasNext: Boolean get() = from + ITEMS_SHOWN < asked.size
}

class FormModel(desk: Desk, val dossier: String, val checklist: String) :
    Model<FormScreenState>(desk, FormScreenState()) {
    fun load() = ask(
        { desk.inspector.formOf(dossier, checklist) },
        failed = { state = state.copy(trouble = it) },
    ) { state = state.copy(form = it) }

    fun next() {
        if (state.hasNext) state = state.copy(from = state.from + ITEMS_SHOWN)
    }

    fun previous() {
        state = state.copy(from = (state.from - ITEMS_SHOWN).coerceAtLeast(0))
    }

    /** Answers; the same answer again is nothing, another one waits for its reason. */
    fun answer(item: String, value: String) {
        val before = state.form?.state?.items?.find { it.name == item }?.answer
        when (before) {
            value -> Unit
            null -> set(mapOf(item to value), null)
            else -> state = state.copy(change = Change(item, value))
        }
    }

    /** Why the answer is another one now; without a reason it stays as it was. */
    fun because(reason: String?) {
        val change = state.change ?: return
        state = state.copy(change = null)
        if (reason != null) set(mapOf(change.item to change.value), reason)
    }

    private fun set(answers: Map<String, String>, reason: String?) {
        state = state.copy(trouble = null)
        ask(
            {
                val request = SetAnswers(dossier, checklist, answers, reason)
                desk.inspector.setAnswers(desk.writer(), request)
                desk.inspector.formState(dossier, checklist)
            },
            failed = { state = state.copy(trouble = it) },
        ) { now -> state = state.copy(form = state.form?.copy(state = now)) }
    }
}
