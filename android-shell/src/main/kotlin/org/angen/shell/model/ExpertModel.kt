/** The expert pool 专家库: a mentor is appointed, and trainings by that mentor count from then on. */
package org.angen.shell.model

import java.time.Instant
import java.time.ZoneId
import uniffi.angen_bindings.AppointExpert
import uniffi.angen_bindings.ExpertKind
import uniffi.angen_bindings.OfficerRow
import uniffi.angen_bindings.Role

/** [appointed] is who was appointed just now. */
data class ExpertState(
    val mentors: List<OfficerRow> = emptyList(),
    val chosen: OfficerRow? = null,
    val kind: ExpertKind = ExpertKind.CITY,
    val isBusy: Boolean = false,
    val appointed: OfficerRow? = null,
    val trouble: Trouble? = null,
)

class ExpertModel(desk: Desk) : Model<ExpertState>(desk, ExpertState()) {
    /** First and last day of the year, which is what letters of appointment mostly name. */
    val term: Pair<String, String> = run {
        val year = Instant.ofEpochMilli(desk.nowMs()).atZone(ZoneId.of("Asia/Shanghai")).year
        "$year-01-01" to "$year-12-31"
    }

    fun load() = ask(
        {
            desk.inspector.officers(desk.nowMs())
                .filter { it.role == Role.MENTOR && !it.isRevoked }
        },
        failed = { state = state.copy(trouble = it) },
    ) { state = state.copy(mentors = it, chosen = state.chosen ?: it.firstOrNull()) }

    fun choose(mentor: OfficerRow) {
        state = state.copy(chosen = mentor, appointed = null, trouble = null)
    }

    fun choose(kind: ExpertKind) {
        state = state.copy(kind = kind)
    }

    /** Appoints the mentor who is chosen. [specialties] are parted by any kind of comma. */
    fun appoint(by: String, specialties: String, term: Pair<String, String>) {
        val mentor = state.chosen ?: return
        if (state.isBusy) return
        val request = AppointExpert(
            person = mentor.officer,
            kind = state.kind,
            specialties = specialties.split('、', '，', ',').map(String::trim)
                .filter(String::isNotEmpty),
            from = term.first,
            until = term.second,
            appointedBy = by,
        )
        state = state.copy(isBusy = true, appointed = null, trouble = null)
        ask(
            { desk.inspector.appointExpert(desk.writer(), request) },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { state = state.copy(isBusy = false, appointed = mentor) }
    }
}
