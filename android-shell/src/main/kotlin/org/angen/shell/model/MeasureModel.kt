/** Measures on the spot 现场处理措施: taken at once, listed as they stand, lifted after a check. */
package org.angen.shell.model

import uniffi.angen_bindings.FindingRow
import uniffi.angen_bindings.LiftMeasure
import uniffi.angen_bindings.Measure
import uniffi.angen_bindings.MeasureKind
import uniffi.angen_bindings.MeasureRow
import uniffi.angen_bindings.TakeMeasure

/**
 * [rows] are those of the check, as far as they were read, and [next] where the next page begins;
 * [taken] is the one that was taken or chosen here.
 */
data class MeasuresState(
    val rows: List<MeasureRow> = emptyList(),
    val next: ULong? = null,
    val findings: List<FindingRow> = emptyList(),
    val about: Set<String> = emptySet(),
    val kind: MeasureKind? = null,
    val isBusy: Boolean = false,
    val taken: Measure? = null,
    val trouble: Trouble? = null,
)

/** [finding] is what it is about when it comes from a finding; there may be none yet. */
class MeasureModel(desk: Desk, val dossier: String, val finding: String?) :
    Model<MeasuresState>(desk, MeasuresState(about = setOfNotNull(finding))) {
    private val since = desk.nowMs()

    fun load() = ask(
        { findingsOf(desk, dossier).filterNot { it.isRetracted } to page(0u) },
        failed = { state = state.copy(trouble = it) },
    ) { (findings, page) ->
        state = state.copy(findings = findings, rows = page.rows, next = page.next)
    }

    /** The next page of the list. */
    fun more() {
        val from = state.next ?: return
        ask({ page(from) }, failed = { state = state.copy(trouble = it) }) {
            state = state.copy(rows = state.rows + it.rows, next = it.next)
        }
    }

    private fun page(from: ULong) = desk.inspector.measures(dossier, desk.nowMs(), from)

    /** Takes one of the list before the eyes: to lift it, or to see how it was lifted. */
    fun open(row: MeasureRow) {
        state = state.copy(taken = row.measure ?: return, trouble = null)
    }

    /** Back to the list and to taking another. */
    fun list() {
        state = state.copy(taken = null, kind = null, trouble = null)
        load()
    }

    fun choose(kind: MeasureKind) {
        state = state.copy(kind = kind, trouble = null)
    }

    fun toggle(finding: String) {
        val about = state.about
        state = state.copy(about = if (finding in about) about - finding else about + finding)
    }

    /** Takes it, shown by the photos that were taken from this screen. */
    fun take(words: String, toldTo: String) {
        val kind = state.kind ?: return say("请先选一种措施", "choose a measure first")
        val about = state.findings.map { it.finding }.filter { it in state.about }
        act {
            val request = TakeMeasure(
                dossier = dossier,
                kind = kind,
                findings = about,
                words = words.ifBlank { null },
                shownBy = takenSince(desk, dossier, finding, since),
                toldTo = toldTo.ifBlank { null },
            )
            desk.inspector.takeMeasure(desk.writer(), request)
        }
    }

    /** Work is resumed: how it was checked that the danger is gone. */
    fun lift(checkedHow: String) {
        val taken = state.taken ?: return
        act {
            // What showed the danger does not show that it is gone.
            val shown = takenSince(desk, dossier, finding, since) - taken.shownBy.toSet()
            val request = LiftMeasure(dossier, taken.measure, checkedHow, shown)
            desk.inspector.liftMeasure(desk.writer(), request)
        }
    }

    private fun act(verb: () -> Measure) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null)
        ask(verb, failed = { state = state.copy(isBusy = false, trouble = it) }) {
            state = state.copy(isBusy = false, taken = it)
        }
    }

    private fun say(zh: String, en: String) {
        state = state.copy(trouble = Trouble(zh, en))
    }
}
