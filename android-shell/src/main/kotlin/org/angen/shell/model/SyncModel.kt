/** Sync: what no hub has a receipt for yet, and an exchange that may be broken off at any time. */
package org.angen.shell.model

import uniffi.angen_bindings.Cancel
import uniffi.angen_bindings.Exchanged
import uniffi.angen_bindings.Network
import uniffi.angen_bindings.Progress
import uniffi.angen_bindings.SyncProgress
import uniffi.angen_bindings.SyncRequest
import uniffi.angen_bindings.SyncState
import uniffi.angen_bindings.Transport

/** [isOrderedEmpty] once it has brought an order that this phone be emptied. */
data class SyncScreenState(
    val sync: SyncState? = null,
    val isRunning: Boolean = false,
    val step: SyncProgress? = null,
    val done: Exchanged? = null,
    val isOrderedEmpty: Boolean = false,
    val trouble: Trouble? = null,
)

/** [network] says what the phone is on at the moment; [transport] carries one request. */
class SyncModel(
    desk: Desk,
    private val transport: Transport,
    private val network: () -> Network,
) : Model<SyncScreenState>(desk, SyncScreenState()) {
    private var cancel: Cancel? = null

    fun load() = ask(
        { desk.inspector.syncState() },
        failed = { state = state.copy(trouble = it) },
    ) { state = state.copy(sync = it) }

    /** Meets the hub of this address, and keeps it for the next time. */
    fun run(hub: String) {
        if (state.isRunning) return
        val stop = Cancel().also { cancel = it }
        state = state.copy(isRunning = true, step = null, done = null, trouble = null)
        val progress = object : Progress {
            override fun came(progress: SyncProgress) =
                desk.runner.run({ progress }) { state = state.copy(step = progress) }
        }
        askAside(
            {
                val request = SyncRequest(hub, network())
                desk.inspector.sync(desk.writer(), request, transport, progress, stop)
                    .also { desk.inspector.keepHub(hub, false) } to desk.inspector.orderedWipe()
            },
            failed = { end(trouble = it) },
        ) { (done, ordered) ->
            state = state.copy(isOrderedEmpty = ordered != null)
            end(done = done)
        }
    }

    /** Breaks it off; what was exchanged so far stays. */
    fun stop() {
        cancel?.cancel()
    }

    private fun end(done: Exchanged? = null, trouble: Trouble? = null) {
        cancel = null
        state = state.copy(isRunning = false, step = null, done = done, trouble = trouble)
        load()
    }
}
