/** Conflicts 冲突: what two phones wrote without knowing of each other, until a person decides. */
package org.angen.shell.model

import uniffi.angen_bindings.Author
import uniffi.angen_bindings.Bilingual
import uniffi.angen_bindings.ClaimView
import uniffi.angen_bindings.CollisionView
import uniffi.angen_bindings.ConflictList
import uniffi.angen_bindings.ConflictView
import uniffi.angen_bindings.DecideConflict
import uniffi.angen_bindings.MoveView

/** One of the statements that stand: what was said, by whom, and whether it holds meanwhile. */
data class Statement(val words: Bilingual, val author: Author, val holds: Boolean)

/** One thing to decide: a field with several values, or two transitions that collided. */
data class Dispute(
    val dossier: String,
    val title: String,
    val about: Bilingual,
    val because: Bilingual?,
    val statements: List<Statement>,
)

/** [chosen] waits for its reason; [decided] counts what was decided on this screen. */
data class ConflictsState(
    val disputes: List<Dispute> = emptyList(),
    val isLoaded: Boolean = false,
    val chosen: Statement? = null,
    val isBusy: Boolean = false,
    val decided: Int = 0,
    val trouble: Trouble? = null,
)

/** [dossier] is the one that is looked at; none for all that are here. */
class ConflictsModel(desk: Desk, private val dossier: String?) :
    Model<ConflictsState>(desk, ConflictsState()) {
    fun load() = ask(
        { disputesOf(desk.inspector.conflicts(dossier)) },
        failed = { state = state.copy(trouble = it) },
    ) { state = state.copy(disputes = it, isLoaded = true) }

    /** Takes a statement into the hand; the core asks why before it is decided. */
    fun choose(statement: Statement?) {
        state = state.copy(chosen = statement, trouble = null)
    }

    fun decide(reason: String) {
        val chosen = state.chosen ?: return
        val dispute = state.disputes.find { chosen in it.statements } ?: return
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null)
        val request = DecideConflict(dispute.dossier, chosen.author.op, reason)
        ask(
            {
                desk.inspector.decideConflict(desk.writer(), request)
                disputesOf(desk.inspector.conflicts(dossier))
            },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { state = ConflictsState(it, isLoaded = true, decided = state.decided + 1) }
    }
}

/** Fields first, then transitions: the order in which the core lists them. */
fun disputesOf(list: ConflictList): List<Dispute> =
    list.conflicts.map(::disputeOf) + list.collisions.map(::disputeOf)

private fun disputeOf(conflict: ConflictView) = Dispute(
    conflict.dossier,
    conflict.title,
    conflict.fieldLabel,
    conflict.because,
    conflict.values.map { claim: ClaimView -> Statement(claim.value, claim.author, claim.holds) },
)

private fun disputeOf(collision: CollisionView): Dispute {
    val said = { move: MoveView, holds: Boolean -> Statement(move.label, move.author, holds) }
    return Dispute(
        collision.dossier,
        collision.title,
        Bilingual("流转", "transition"),
        because = null,
        listOf(said(collision.holds, true), said(collision.yields, false)),
    )
}
