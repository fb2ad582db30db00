/** Who works now: officers share a phone, and each is a writer with a PIN of their own. */
package org.angen.shell.model

import uniffi.angen_bindings.KeyHolder
import uniffi.angen_bindings.Role

/** [typed] are the digits so far; [isOpen] once the PIN was right. */
data class SignInState(
    val officers: List<KeyHolder> = emptyList(),
    val chosen: KeyHolder? = null,
    val typed: String = "",
    val isBusy: Boolean = true,
    val isOpen: Boolean = false,
    val trouble: Trouble? = null,
)

class SignInModel(desk: Desk) : Model<SignInState>(desk, SignInState()) {
    /** Lists those whose keys are on this phone. */
    fun load() = ask(
        { desk.inspector.keysHere(desk.nowMs()) },
        failed = { state = state.copy(isBusy = false, trouble = it) },
    ) { state = state.copy(officers = it, isBusy = false) }

    fun choose(officer: KeyHolder) {
        state = state.copy(chosen = officer, typed = "", trouble = null)
    }

    fun back() {
        state = state.copy(chosen = null, typed = "", trouble = null)
    }

    /** One more digit; the last one opens the key. */
    fun press(digit: Char) {
        val chosen = state.chosen ?: return
        if (state.isBusy || state.typed.length == PIN_DIGITS) return
        state = state.copy(typed = state.typed + digit, trouble = null)
        if (state.typed.length == PIN_DIGITS) open(chosen, state.typed)
    }

    fun rub() {
        state = state.copy(typed = state.typed.dropLast(1))
    }

    private fun open(officer: KeyHolder, pin: String) {
        state = state.copy(isBusy = true)
        desk.signOut()
        ask(
            { desk.locks.open(officer.writer, pin) },
            failed = { state = state.copy(isBusy = false, typed = "", trouble = it) },
        ) { answer ->
            if (answer == PinAnswer.Right) {
                desk.signIn(Worker(officer.writer, officer.name, officer.role == Role.MENTOR))
            }
            state = state.copy(
                isBusy = false,
                typed = "",
                isOpen = answer == PinAnswer.Right,
                trouble = troubleOf(answer),
            )
        }
    }

}

/** Why a PIN did not open the key; none when it did. */
fun troubleOf(answer: PinAnswer): Trouble? = when (answer) {
    PinAnswer.Right -> null
    is PinAnswer.Wrong -> Trouble(
        "PIN 不对，还可试 ${answer.triesLeft} 次",
        "wrong PIN; ${answer.triesLeft} tries are left",
        "pin",
    )
    is PinAnswer.Wait -> Trouble(
        "PIN 多次不对，请等 ${seconds(answer.ms)} 秒再试；忘记 PIN 请找管理员补发",
        "wrong PIN too often: wait ${seconds(answer.ms)} s; " +
            "who forgot it asks the administrator",
        "pin",
    )
}

private fun seconds(ms: Long) = (ms + 999) / 1000
