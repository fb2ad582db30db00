/** What follows the findings of a check: orders 责令限期整改 as they stand, item by item. */
package org.angen.shell.model

import uniffi.angen_bindings.Consequence
import uniffi.angen_bindings.FindingRow
import uniffi.angen_bindings.OrderView

data class FollowUpState(
    val orders: List<OrderView> = emptyList(),
    val waiting: List<FindingRow> = emptyList(),
    val isLoaded: Boolean = false,
    val trouble: Trouble? = null,
)

class FollowUpModel(desk: Desk, val dossier: String) :
    Model<FollowUpState>(desk, FollowUpState()) {
    fun load() = ask(
        {
            val orders = desk.inspector.orders(dossier)
            FollowUpState(orders, waitingFor(orders, findingsOf(desk, dossier)), isLoaded = true)
        },
        failed = { state = state.copy(trouble = it) },
    ) { state = it }
}

/** The findings that lead to an order and stand in none yet, the oldest first. */
fun waitingFor(orders: List<OrderView>, findings: List<FindingRow>): List<FindingRow> {
    val ordered = orders.flatMap { order -> order.items.map { it.finding } }.toSet()
    return findings.filter {
        it.consequence == Consequence.ORDER && !it.isRetracted && it.finding !in ordered
    }.sortedBy { it.raisedMs }
}

/** Every finding of a check, page by page. Called away from the screen. */
fun findingsOf(desk: Desk, dossier: String): List<FindingRow> {
    val all = mutableListOf<FindingRow>()
    var before: UInt? = null
    do {
        val page = desk.inspector.findings(dossier, before, desk.nowMs())
        all += page.rows
        before = page.next
    } while (before != null)
    return all
}
