/** One item of an order, afterwards: looked at again 整改复查, or given a longer deadline 延期. */
package org.angen.shell.model

import uniffi.angen_bindings.AnswerExtension
import uniffi.angen_bindings.ExtendOrder
import uniffi.angen_bindings.OrderItemView
import uniffi.angen_bindings.RecheckOutcome
import uniffi.angen_bindings.RecheckedItem
import uniffi.angen_bindings.RecordRecheck

/** [done] says in both languages what was just recorded. */
data class RecheckState(
    val item: OrderItemView? = null,
    val outcome: RecheckOutcome? = null,
    val photos: List<String> = emptyList(),
    val isBusy: Boolean = false,
    val done: Trouble? = null,
    val trouble: Trouble? = null,
)

class RecheckModel(
    desk: Desk,
    val dossier: String,
    private val order: String,
    val finding: String,
) : Model<RecheckState>(desk, RecheckState()) {
    private val since = desk.nowMs()

    val today: String = dayOf(since)

    fun load() = ask(
        {
            val standing = desk.inspector.orders(dossier).find { it.order == order }
            val item = standing?.items?.find { it.finding == finding }
            item to takenSince(desk, dossier, finding, since)
        },
        failed = { state = state.copy(trouble = it) },
    ) { (item, photos) -> state = state.copy(item = item, photos = photos) }

    fun choose(outcome: RecheckOutcome) {
        state = state.copy(outcome = outcome, done = null, trouble = null)
    }

    /** Records what was found now, with the photos that were taken from this screen. */
    fun record(words: String) {
        val outcome = state.outcome
        if (outcome == null) {
            val zh = "请先选复查结果"
            state = state.copy(trouble = Trouble(zh, "choose first what the re-check found"))
            return
        }
        val seen = RecheckedItem(finding, outcome, words, state.photos)
        val request = RecordRecheck(dossier, order, listOf(seen), today)
        act {
            val made = desk.inspector.recordRecheck(desk.writer(), request)
            when {
                made.toPropose.isEmpty() -> Trouble("已记录复查", "the re-check is recorded")
                else -> Trouble(
                    "已记录复查。没有改好：应提出立案",
                    "the re-check is recorded; it is not corrected: propose a case",
                )
            }
        }
    }

    /** Notes that the unit asked for longer, and the answer: a new last day, or none. */
    fun extend(reason: String, grantedTo: String?) {
        val request = ExtendOrder(
            dossier = dossier,
            order = order,
            finding = finding,
            askedOn = today,
            reason = reason,
            answer = AnswerExtension(grantedTo, today),
        )
        act {
            val made = desk.inspector.extendOrder(desk.writer(), request)
            when (val to = made.grantedTo) {
                null -> Trouble("已记录：不同意延期", "recorded: the deadline stays")
                else -> Trouble("已延期至 $to", "the deadline is now $to")
            }
        }
    }

    private fun act(verb: () -> Trouble) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, done = null, trouble = null)
        ask(verb, failed = { state = state.copy(isBusy = false, trouble = it) }) {
            state = state.copy(isBusy = false, done = it)
            load()
        }
    }
}

/** Evidence about a thing that was captured since a moment and stands; called off the screen. */
fun takenSince(desk: Desk, dossier: String, about: String?, sinceMs: Long): List<String> =
    desk.inspector.evidenceOf(dossier, about, null).rows
        .filter { it.capturedMs >= sinceMs && !it.isRetracted }
        .map { it.evidence }
