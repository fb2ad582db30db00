/** Enrolment: the administrator takes an officer in, and the officer chooses a PIN at once. */
package org.angen.shell.model

import uniffi.angen_bindings.EnrolOfficer
import uniffi.angen_bindings.Established
import uniffi.angen_bindings.OfficerView

data class PeopleState(
    val place: Established? = null,
    val enrolled: OfficerView? = null,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
)

class PeopleModel(desk: Desk) : Model<PeopleState>(desk, PeopleState()) {
    /** Whether who works is the administrator, who alone enrols. */
    val isAdministrator get() = state.place?.administrator == desk.worker?.writer

    fun load() = ask(
        { desk.inspector.established() },
        failed = { state = state.copy(trouble = it) },
    ) { state = state.copy(place = it) }

    fun enrol(request: EnrolOfficer, pin: String, again: String) {
        pinTrouble(pin, again)?.let {
            state = state.copy(trouble = it)
            return
        }
        state = state.copy(isBusy = true, trouble = null, enrolled = null)
        ask(
            {
                desk.inspector.enrolOfficer(desk.writer(), request)
                    .also { desk.locks.setPin(it.writer, pin) }
            },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { state = state.copy(isBusy = false, enrolled = it) }
    }
}
