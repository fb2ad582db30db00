/** Words for the core's values that have no sentence of their own: parts, states, clocks, roles. */
package org.angen.shell.view

import android.content.Context
import kotlin.math.absoluteValue
import org.angen.shell.R
import uniffi.angen_bindings.ClockKind
import uniffi.angen_bindings.ClockLeft
import uniffi.angen_bindings.Part
import uniffi.angen_bindings.PartShort
import uniffi.angen_bindings.State

private const val HOURS_A_DAY = 24L

object Labels {
    fun part(part: Part): Int = when (part) {
        Part.TRAINING -> R.string.part_training
        Part.CHECKS -> R.string.part_checks
        Part.VIOLATION -> R.string.part_violation
        Part.CHAIN -> R.string.part_chain
    }

    fun state(state: State): Int = when (state) {
        State.NOT_STARTED -> R.string.state_not_started
        State.UNDER_WAY -> R.string.state_under_way
        State.ON_SITE_DONE -> R.string.state_on_site_done
        State.MET -> R.string.state_met
    }

    /** The board in one line: 0/1 · 1/2 · 0/1 · 0/1, with the names of the parts. */
    fun board(context: Context, board: List<PartShort>): String =
        board.joinToString("　") { "${context.getString(part(it.part))} ${it.have}/${it.need}" }

    /** A period in words: what ends, of what, and how much is left. */
    fun clock(context: Context, left: ClockLeft): String {
        val words = if (left.hoursLeft < 0) R.string.clock_over else R.string.clock_left
        val kind = context.getString(clock(left.clock.kind))
        return context.getString(words, kind, left.clock.title, span(context, left.hoursLeft))
    }

    private fun clock(kind: ClockKind): Int = when (kind) {
        ClockKind.FILING -> R.string.clock_filing
        ClockKind.PRESERVED -> R.string.clock_preserved
        ClockKind.DECISION -> R.string.clock_decision
        ClockKind.CORRECTION -> R.string.clock_correction
        ClockKind.RECHECK -> R.string.clock_recheck
        ClockKind.EXTENSION_ANSWER -> R.string.clock_extension_answer
    }

    /** Days, and on the last two of them hours. */
    private fun span(context: Context, hours: Long): String {
        val whole = hours.absoluteValue
        val isDays = whole >= 2 * HOURS_A_DAY
        val count = (if (isDays) whole / HOURS_A_DAY else whole).toInt()
        val words = if (isDays) R.plurals.days else R.plurals.hours
        return context.resources.getQuantityString(words, count, count)
    }
}
