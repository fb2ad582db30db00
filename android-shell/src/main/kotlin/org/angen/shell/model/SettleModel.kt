/** The first start: this phone becomes a township's, and its administrator chooses a PIN. */
package org.angen.shell.model

import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.Establish

/** Where an app that was just started goes. */
enum class Start { LOOKING, SETTLE, SIGN_IN, EMPTY }

/**
 * [isDone] once the township is established and the administrator is signed in; [wasEmptied] when
 * this start went on with a wipe that was cut off.
 */
data class SettleState(
    val start: Start = Start.LOOKING,
    val isBusy: Boolean = false,
    val isDone: Boolean = false,
    val wasEmptied: Boolean = false,
    val trouble: Trouble? = null,
)

class SettleModel(desk: Desk) : Model<SettleState>(desk, SettleState()) {
    /** Looks whether this phone is a township's already, and whether it is to be emptied. */
    fun look() = ask(
        { start() to desk.inspector.finishedWipe() },
        failed = { state = state.copy(trouble = it) },
    ) { (start, wasEmptied) -> state = state.copy(start = start, wasEmptied = wasEmptied) }

    private fun start() = when {
        desk.inspector.orderedWipe() != null -> Start.EMPTY
        established() -> Start.SIGN_IN
        else -> Start.SETTLE
    }

    fun settle(request: Establish, pin: String, again: String) {
        pinTrouble(pin, again)?.let {
            state = state.copy(trouble = it)
            return
        }
        state = state.copy(isBusy = true, trouble = null)
        ask(
            {
                val made = desk.inspector.establish(request)
                desk.locks.setPin(made.administrator, pin)
                desk.lists().forEach { desk.inspector.importChecklist(made.administrator, it.path) }
                Worker(made.administrator, request.administrator, isMentor = false)
            },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) {
            desk.signIn(it)
            state = state.copy(isBusy = false, isDone = true)
        }
    }

    private fun established(): Boolean = try {
        desk.inspector.established()
        true
    } catch (_: ApiException.NotFound) {
        false
    }
}

/** What is wrong with a PIN that was typed twice, at the place `pin`; none when nothing is. */
fun pinTrouble(pin: String, again: String): Trouble? = when {
    !isPin(pin) -> Trouble("PIN 应为 $PIN_DIGITS 位数字", "a PIN has $PIN_DIGITS digits", "pin")
    pin != again -> Trouble("两次输入的 PIN 不同，请重输", "the two PINs differ: type them again", "pin")
    else -> null
}
