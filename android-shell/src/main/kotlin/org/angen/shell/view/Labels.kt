/** Words for the core's values that have no sentence of their own: parts of the board, times. */
package org.angen.shell.view

import android.content.Context
import java.text.SimpleDateFormat
import java.util.Date
import java.util.Locale
import java.util.TimeZone
import org.angen.shell.R
import uniffi.angen_bindings.AssentTold
import uniffi.angen_bindings.Part
import uniffi.angen_bindings.PartShort

object Labels {
    /** Words that end in no ASCII, a blank, and words of ASCII alone. */
    private val BOTH = Regex("(.*[^\\x00-\\x7F])\\s+([\\x20-\\x7E]*[A-Za-z][\\x20-\\x7E]*)")

    /** The board in one line: each part's name, what counts, and what must. */
    fun board(context: Context, board: List<PartShort>): String =
        board.joinToString("　") { "${context.getString(part(it.part))} ${it.have}/${it.need}" }

    /**
     * What a dossier is called. The core names visits and standing dossiers in Chinese, as papers
     * do; where people read another language those go by their kind.
     */
    fun title(context: Context, kind: String, title: String): String {
        val isNamed = kind == "check" || kind == "case"
        return if (isChinese(context) || isNamed) title else context.getString(kind(kind))
    }

    /** A checklist's title; a workbook that has it in both languages has them on one line. */
    fun list(context: Context, title: String): String {
        val (chinese, other) = BOTH.matchEntire(title)?.destructured ?: return title
        return if (isChinese(context)) chinese else other
    }

    private fun isChinese(context: Context) =
        context.resources.configuration.locales[0].language == "zh"

    fun kind(kind: String): Int = when (kind) {
        "roster" -> R.string.kind_roster
        "library" -> R.string.kind_library
        "register" -> R.string.kind_register
        "custody" -> R.string.kind_custody
        "assistance" -> R.string.visit
        "check" -> R.string.check
        "case" -> R.string.kind_case
        "round" -> R.string.kind_round
        else -> R.string.teaching
    }

    /** How the party answered the record, in the core's word for it. */
    fun record(context: Context, answer: String): String =
        when (answer) {
            "refused" -> context.getString(R.string.record_refused)
            else -> context.getString(R.string.record_signed)
        }

    /** A fingerprint in groups that are read aloud in one breath. */
    fun grouped(fingerprint: String): String = fingerprint.chunked(4).joinToString(" ")

    /** A time of the day in China, as papers have it. */
    fun time(ms: Long): String {
        val format = SimpleDateFormat("MM-dd HH:mm", Locale.ROOT)
        format.timeZone = TimeZone.getTimeZone("Asia/Shanghai")
        return format.format(Date(ms))
    }

    /** What is asked assent to: the dossier, how many records, and the core's lines of them. */
    fun told(context: Context, told: AssentTold): String {
        val count = told.count.toInt()
        val all = context.resources.getQuantityString(R.plurals.assent_records, count, count)
        val lines = told.lines.map { "· " + if (isChinese(context)) it.zh else it.en }
        return (listOf(told.title, all) + lines).joinToString("\n")
    }

    private fun part(part: Part): Int = when (part) {
        Part.TRAINING -> R.string.part_training
        Part.CHECKS -> R.string.part_checks
        Part.VIOLATION -> R.string.part_violation
        Part.CHAIN -> R.string.part_chain
    }
}
