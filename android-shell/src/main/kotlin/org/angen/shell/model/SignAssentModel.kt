/** The second officer's own phone: reads what is asked, and signs it once she has read it. */
package org.angen.shell.model

import uniffi.angen_bindings.AssentText
import uniffi.angen_bindings.AssentTold

/** [told] is what stands on the screen before anything is signed; [signed] the code afterwards. */
data class SignAssentState(
    val request: String = "",
    val told: AssentTold? = null,
    val signed: AssentText? = null,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
)

class SignAssentModel(desk: Desk) : Model<SignAssentState>(desk, SignAssentState()) {
    /** Reads what the other phone shows. Nothing is signed yet. */
    fun take(text: String) {
        if (state.isBusy) return
        state = SignAssentState(isBusy = true)
        ask({ desk.inspector.readAssentRequest(text) }, ::failed) {
            state = SignAssentState(request = text, told = it)
        }
    }

    /** Signs what was read, by the key of who works. */
    fun sign() {
        if (state.isBusy || state.told == null) return
        val request = state.request
        state = state.copy(isBusy = true, trouble = null)
        ask({ desk.inspector.signAssent(desk.writer(), request) }, ::failed) {
            state = state.copy(isBusy = false, signed = it)
        }
    }

    /** Not signed: what was read is put away. */
    fun discard() {
        state = SignAssentState()
    }

    private fun failed(trouble: Trouble) {
        state = state.copy(isBusy = false, trouble = trouble)
    }
}
