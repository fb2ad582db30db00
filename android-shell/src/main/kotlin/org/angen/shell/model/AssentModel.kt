/** Assent on another phone 用自己的手机确认: what is asked is shown, what was signed is carried. */
package org.angen.shell.model

import uniffi.angen_bindings.AssentText
import uniffi.angen_bindings.CarriedView

/** [asked] is the code that the second officer's phone scans; [carried] what came back. */
data class AssentState(
    val asked: AssentText? = null,
    val carried: CarriedView? = null,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
)

class AssentModel(desk: Desk, private val dossier: String) :
    Model<AssentState>(desk, AssentState()) {

    /** Asks whoever else to assent to what who works has written here. */
    fun load() = ask(
        { desk.inspector.requestAssent(desk.writer(), dossier, null) },
        ::failed,
    ) { state = state.copy(asked = it) }

    /** Carries what the other phone shows into the dossier. */
    fun carry(text: String) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null)
        ask({ desk.inspector.carryAssent(desk.writer(), dossier, text) }, ::failed) {
            state = state.copy(isBusy = false, asked = null, carried = it)
        }
    }

    private fun failed(trouble: Trouble) {
        state = state.copy(isBusy = false, trouble = trouble)
    }
}
