/** A phone, or one more officer on it, is admitted by the administrator's phone 入网. */
package org.angen.shell.model

import uniffi.angen_bindings.AskedToJoin
import uniffi.angen_bindings.Bilingual
import uniffi.angen_bindings.JoinOffer
import uniffi.angen_bindings.Transport

/**
 * [left] is a question that lies on this phone from before, its own or another's; [isDiscarding]
 * while it is asked whether to discard it. [asked] is what the administrator scans. What comes back is an [offer] of the same room, to be
 * compared by words; or, over a hub, [code]: the words that are read to the administrator.
 */
data class JoinScreenState(
    val left: AskedToJoin? = null,
    val isDiscarding: Boolean = false,
    val asked: AskedToJoin? = null,
    val offer: JoinOffer? = null,
    val answer: String? = null,
    val invitation: String? = null,
    val code: Bilingual? = null,
    val isWaiting: Boolean = false,
    val isBusy: Boolean = false,
    val joined: Worker? = null,
    val trouble: Trouble? = null,
)

/** What an invitation's text begins with (docs/protocol.md, section 16). */
private const val INVITATION = "ANGEN:INVITE:"

class JoinModel(desk: Desk, private val transport: Transport) :
    Model<JoinScreenState>(desk, JoinScreenState()) {

    /** Looks for a question that was left lying: it keeps everybody but its asker from asking. */
    fun load() = ask({ desk.inspector.openAsk() }, ::failed) { state = state.copy(left = it) }

    /** Whether to discard it is asked once more. */
    fun wantsToDiscard(wants: Boolean) {
        state = state.copy(isDiscarding = wants, trouble = null)
    }

    /** Discards the question that was left lying, with its keys: the next person can ask. */
    fun discardAsk() {
        val left = state.left ?: return
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null)
        ask({ desk.inspector.discardAsk(left.asked) }, ::failed) {
            state = state.copy(isBusy = false, left = null, isDiscarding = false)
        }
    }

    /** Makes the key, under a PIN that its owner chooses now. */
    fun begin(pin: String, again: String) {
        pinTrouble(pin, again)?.let {
            state = state.copy(trouble = it)
            return
        }
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null)
        ask(
            {
                val asked = desk.inspector.askToJoin()
                asked to desk.locks.beginPin(asked.writer, pin)
            },
            ::failed,
        ) { (asked, answer) ->
            val wrong = troubleOf(answer)
            val shown = asked.takeIf { wrong == null }
            state = state.copy(isBusy = false, asked = shown, trouble = wrong)
        }
    }

    /** What the administrator shows says itself whether it is an invitation or an answer. */
    fun take(text: String) = if (text.trim().startsWith(INVITATION)) over(text) else read(text)

    /** Reads the administrator's answer: nothing is joined before its words were compared. */
    private fun read(answer: String) {
        state = state.copy(isBusy = true, trouble = null)
        ask({ desk.inspector.readJoinAnswer(answer) }, ::failed) {
            state = state.copy(isBusy = false, offer = it, answer = answer)
        }
    }

    /** The words differ: the answer is thrown away. */
    fun differs() {
        state = state.copy(offer = null, answer = null, trouble = null)
    }

    /** The words are the same: joins under the root that they are of. */
    fun accept() {
        val (answer, offer) = (state.answer ?: return) to (state.offer ?: return)
        val writer = writer()
        state = state.copy(isBusy = true, trouble = null)
        ask(
            {
                desk.inspector.acceptJoin(answer, offer.root)
                worker(writer)
            },
            ::failed,
            ::joined,
        )
    }

    /** Asks at the hub of an invitation, and joins if the answer lies there. */
    fun over(invitation: String) {
        if (state.isBusy) return
        val writer = writer()
        state = state.copy(isBusy = true, invitation = invitation, trouble = null)
        askAside(
            {
                val hub = desk.inspector.joinOverHub(invitation, transport, null)
                hub to hub.joined?.let { worker(writer) }
            },
            ::failed,
        ) { (hub, worker) ->
            state = state.copy(isBusy = false, code = hub.words, isWaiting = worker == null)
            worker?.let(::joined)
        }
    }

    private fun writer() = checkNotNull(state.asked) { "nothing was asked" }.writer

    private fun worker(writer: String): Worker {
        val own = desk.inspector.keysHere(desk.nowMs()).first { it.writer == writer }
        return Worker(writer, own.name, own.role == uniffi.angen_bindings.Role.MENTOR)
    }

    /** Who worked before hands over: one works at a time. */
    private fun joined(worker: Worker) {
        desk.signIn(worker)
        state = state.copy(isBusy = false, joined = worker)
    }

    private fun failed(trouble: Trouble) {
        state = state.copy(isBusy = false, trouble = trouble)
    }
}
