/** Days of the calendar in China, as papers and the core write them: `2026-09-30`. */
package org.angen.shell.model

import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.format.DateTimeParseException

private val CHINA = ZoneId.of("Asia/Shanghai")

/** The day in China on which a moment lies. */
fun dayOf(ms: Long): String = Instant.ofEpochMilli(ms).atZone(CHINA).toLocalDate().toString()

/** So many days after a day; none where that is no day. */
fun dayAfter(day: String, days: Long): String? = try {
    LocalDate.parse(day).plusDays(days).toString()
} catch (_: DateTimeParseException) {
    null
}
