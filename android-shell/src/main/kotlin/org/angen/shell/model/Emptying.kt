/** A phone that is emptied by order 清除: what is not sent goes first, then keys and database. */
package org.angen.shell.model

import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.Network
import uniffi.angen_bindings.OrderedWipeView
import uniffi.angen_bindings.SyncRequest
import uniffi.angen_bindings.Transport
import uniffi.angen_bindings.WipeView

/** What was carried out: the order as it stood, and what was lost over it. */
data class Emptied(val ordered: OrderedWipeView, val lost: WipeView)

/**
 * An order does not wait for anybody: a phone that was stolen has nobody who would press a button.
 * Its methods block; call them away from the screen.
 */
class Emptying(
    private val desk: Desk,
    private val transport: Transport,
    private val network: () -> Network,
) {
    /** What an order says of this phone; none mostly. */
    fun order(): OrderedWipeView? = desk.inspector.orderedWipe()

    /**
     * Sends what is not sent, where somebody is signed in and a hub is kept: one try. A hub that
     * is away, or takes nothing any more, keeps no order waiting.
     */
    fun send() {
        val writer = desk.worker?.writer ?: return
        val report = order()?.report ?: return
        if (report.unsentOps + report.unsentFiles == 0uL) return
        val hub = desk.inspector.syncState().hub ?: return
        try {
            desk.inspector.sync(writer, SyncRequest(hub, network()), transport, null, null)
        } catch (_: ApiException) {
            // What could not be sent is told as lost.
        }
    }

    /**
     * Carries the order out; none when it stands no more. What lies beside the database goes first:
     * as long as the order stands in it, whoever is killed here begins again at the next start.
     */
    fun carryOut(): Emptied? {
        val ordered = order() ?: return null
        if (ordered.everything) desk.clear()
        val lost = desk.inspector.wipe(ordered.report.writers, ordered.everything)
        return Emptied(ordered, lost)
    }
}
