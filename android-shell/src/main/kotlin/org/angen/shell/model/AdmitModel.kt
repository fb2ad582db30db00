/** The administrator's phone admits other phones and their officers, by codes or over a hub. */
package org.angen.shell.model

import uniffi.angen_bindings.AnswerJoin
import uniffi.angen_bindings.AnsweredJoin
import uniffi.angen_bindings.AskList
import uniffi.angen_bindings.Bilingual
import uniffi.angen_bindings.EnrolOfficer
import uniffi.angen_bindings.InvitationView
import uniffi.angen_bindings.Terms
import uniffi.angen_bindings.Transport
import uniffi.angen_bindings.fingerprintWords

/** [words] are those of this township's root, for the new phone to compare. */
data class AdmitState(
    val words: Bilingual? = null,
    val hub: String? = null,
    val answered: AnsweredJoin? = null,
    val isOverHub: Boolean = false,
    val invitation: InvitationView? = null,
    val asks: AskList? = null,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
)

class AdmitModel(desk: Desk, private val transport: Transport) :
    Model<AdmitState>(desk, AdmitState()) {

    fun load() = ask(
        { desk.inspector.established().root to desk.inspector.syncState().hub },
        ::failed,
    ) { (root, hub) -> state = state.copy(words = fingerprintWords(root), hub = hub) }

    /** Answers the question that was scanned; the answer is shown to the new phone. */
    fun answer(question: String, who: EnrolOfficer) {
        if (!begin()) return
        ask({ desk.inspector.answerJoin(desk.writer(), request(question, who)) }, ::failed) {
            state = state.copy(isBusy = false, answered = it, isOverHub = false)
        }
    }

    /** Answers the phone whose words were read aloud; it fetches the answer from the hub. */
    fun answerOverHub(heard: String, who: EnrolOfficer) {
        if (!begin()) return
        val (hub, request) = state.hub.orEmpty() to request("", who)
        askAside(
            {
                val writer = desk.writer()
                desk.inspector.answerOverHub(writer, hub, heard, request, transport, null)
            },
            ::failed,
        ) { state = state.copy(isBusy = false, answered = it, isOverHub = true, asks = null) }
    }

    /** An invitation, good for a day: shown face to face, also to a whole room. */
    fun invite() {
        if (!begin()) return
        val hub = state.hub.orEmpty()
        askAside({ desk.inspector.invite(desk.writer(), hub, transport, null) }, ::failed) {
            state = state.copy(isBusy = false, invitation = it)
        }
    }

    /** Who asks at the hub under an invitation of this phone. */
    fun look() {
        if (!begin()) return
        val hub = state.hub.orEmpty()
        askAside({ desk.inspector.waitingAsks(desk.writer(), hub, transport, null) }, ::failed) {
            state = state.copy(isBusy = false, asks = it)
        }
    }

    /** The next phone. */
    fun next() {
        state = state.copy(answered = null, trouble = null)
    }

    private fun begin(): Boolean {
        if (state.isBusy) return false
        state = state.copy(isBusy = true, trouble = null)
        return true
    }

    private fun request(question: String, who: EnrolOfficer) =
        AnswerJoin(ask = question, who = who, terms = Terms())

    private fun failed(trouble: Trouble) {
        state = state.copy(isBusy = false, trouble = trouble)
    }
}
