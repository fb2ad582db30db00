/** Today: what is open, what is missing before one leaves the gate, what nobody else has yet. */
package org.angen.shell.model

import uniffi.angen_bindings.Established
import uniffi.angen_bindings.MissingView
import uniffi.angen_bindings.PlanAssistance
import uniffi.angen_bindings.Today

/** Lines of what is missing that an officer reads at the gate. */
const val LINES_AT_GATE = 3

data class TodayState(
    val place: Established? = null,
    val today: Today? = null,
    val isBusy: Boolean = false,
    val planned: String? = null,
    val trouble: Trouble? = null,
) {
    /** What is missing in all that is open, the newest work first; three lines and no more. */
    val missing: List<MissingView>
        get() = today?.rows.orEmpty().flatMap { it.missing }.take(LINES_AT_GATE)

    /** How many things are missing beyond those lines. */
    val moreMissing: Int
        get() = today?.rows.orEmpty().sumOf { it.missingCount.toInt() } - missing.size

    /** Where a photo goes that is taken from this screen: the newest open work. */
    val newest: String? get() = today?.rows?.firstOrNull()?.dossier ?: place?.register
}

class TodayModel(desk: Desk) : Model<TodayState>(desk, TodayState()) {
    fun load() {
        val writer = desk.worker?.writer ?: return
        ask(
            { desk.inspector.established() to desk.inspector.today(writer, desk.nowMs()) },
            failed = { state = state.copy(trouble = it) },
        ) { (place, today) -> state = state.copy(place = place, today = today, trouble = null) }
    }

    /** Opens an assistance visit, with every mentor who is on the roster. */
    fun plan(round: UInt, profile: String) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null)
        ask(
            {
                val mentors = desk.inspector.officers(desk.nowMs())
                    .filter { it.role == uniffi.angen_bindings.Role.MENTOR && !it.isRevoked }
                    .map { it.writer }
                val request = PlanAssistance(round, profile, mentors)
                desk.inspector.planAssistance(desk.writer(), request)
            },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) {
            state = state.copy(isBusy = false, planned = it.dossier)
            load()
        }
    }

    fun handOver() = desk.signOut()
}
