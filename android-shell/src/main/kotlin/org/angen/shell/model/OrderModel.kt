/** A correction order 责令限期整改 while it is put together: which findings, and by when each. */
package org.angen.shell.model

import uniffi.angen_bindings.FindingRow
import uniffi.angen_bindings.IssueOrder
import uniffi.angen_bindings.OrderView
import uniffi.angen_bindings.OrderedItem

/** The core's word for a deadline that is now. */
const val AT_ONCE = "at_once"

/** Deadlines that are mostly given, in days. */
val USUAL_DAYS = listOf(7L, 15L, 30L)

/** [by] holds a deadline for each finding that goes into the order. */
data class OrderState(
    val findings: List<FindingRow> = emptyList(),
    val by: Map<String, String> = emptyMap(),
    val today: String = "",
    val isLoaded: Boolean = false,
    val isBusy: Boolean = false,
    val issued: OrderView? = null,
    val trouble: Trouble? = null,
)

class OrderModel(desk: Desk, val dossier: String) : Model<OrderState>(desk, OrderState()) {
    /** Puts every finding that waits for an order into it, with the usual deadline. */
    fun load() = ask(
        {
            val waiting = waitingFor(desk.inspector.orders(dossier), findingsOf(desk, dossier))
            waiting to dayOf(desk.nowMs())
        },
        failed = { state = state.copy(trouble = it) },
    ) { (waiting, today) ->
        val usual = checkNotNull(dayAfter(today, USUAL_DAYS[1]))
        val by = waiting.associate { it.finding to (state.by[it.finding] ?: usual) }
        state = state.copy(findings = waiting, by = by, today = today, isLoaded = true)
    }

    /** Gives a finding its deadline: [AT_ONCE] or a day. None leaves it out. */
    fun give(finding: String, by: String?) {
        val rest = state.by - finding
        state = state.copy(by = if (by == null) rest else rest + (finding to by), trouble = null)
    }

    /** The day that lies so many days after today. */
    fun inDays(days: Long): String = checkNotNull(dayAfter(state.today, days))

    fun issue(toldTo: String) {
        if (state.isBusy) return
        val items = state.findings.mapNotNull { row ->
            state.by[row.finding]?.let { OrderedItem(row.finding, it) }
        }
        val request = IssueOrder(dossier, items, toldTo = toldTo.ifBlank { null })
        state = state.copy(isBusy = true, trouble = null)
        ask(
            { desk.inspector.issueOrder(desk.writer(), request) },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { state = state.copy(isBusy = false, issued = it) }
    }
}
