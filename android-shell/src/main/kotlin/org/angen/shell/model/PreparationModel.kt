/** The night before a visit: whom the mentor meets, which sites, and what was wrong there. */
package org.angen.shell.model

import uniffi.angen_bindings.CheckRow
import uniffi.angen_bindings.FindingRow
import uniffi.angen_bindings.MissingView
import uniffi.angen_bindings.OfficerRow
import uniffi.angen_bindings.OrderItemView
import uniffi.angen_bindings.RecheckOutcome
import uniffi.angen_bindings.Role
import uniffi.angen_bindings.SkillLevel
import uniffi.angen_bindings.SkillMark

/** Pages of checks that are looked through for earlier ones, of at most 50 each. */
private const val PAGES_MAX = 20

/** A check of the same enterprise before: what was found, and what is not corrected yet. */
data class EarlierCheck(
    val check: CheckRow,
    val findings: List<FindingRow>,
    val uncorrected: List<OrderItemView>,
)

/** A site of the visit, with what is known of it. */
data class SiteAhead(val check: CheckRow, val earlier: List<EarlierCheck>)

/** An officer of the township, and the parts of the loop that nobody saw done alone yet. */
data class Pupil(val officer: OfficerRow, val toTeach: List<Agenda>)

data class PreparationState(
    val missing: List<MissingView> = emptyList(),
    val sites: List<SiteAhead> = emptyList(),
    val pupils: List<Pupil> = emptyList(),
    val isLoaded: Boolean = false,
    val trouble: Trouble? = null,
) {
    /** Officers who may enforce on that day: two must. */
    val certified: Int get() = pupils.count { it.officer.isCertified }
}

class PreparationModel(desk: Desk, val visit: String) :
    Model<PreparationState>(desk, PreparationState()) {
    fun load() = ask(
        {
            val now = desk.nowMs()
            val officers = desk.inspector.officers(now)
            PreparationState(
                missing = desk.inspector.missing(visit, now),
                sites = sites(),
                pupils = pupilsOf(officers, marks()),
                isLoaded = true,
            )
        },
        failed = { state = state.copy(trouble = it) },
    ) { state = it }

    private fun sites(): List<SiteAhead> {
        val all = checks()
        return all.filter { it.assistance == visit }.map { ahead ->
            val before = all.filter {
                it.enterprise == ahead.enterprise && it.openedMs < ahead.openedMs
            }
            SiteAhead(ahead, before.sortedByDescending { it.openedMs }.map(::earlier))
        }
    }

    private fun checks(): List<CheckRow> {
        val all = mutableListOf<CheckRow>()
        var after: Long? = null
        repeat(PAGES_MAX) {
            val page = desk.inspector.checks(null, after)
            all += page.rows
            after = page.next ?: return all
        }
        return all
    }

    private fun earlier(check: CheckRow) = EarlierCheck(
        check,
        findingsOf(desk, check.dossier).filterNot { it.isRetracted },
        desk.inspector.orders(check.dossier).flatMap { it.items }
            .filter { it.outcome != RecheckOutcome.CORRECTED },
    )

    /** Marks of every visit that is here, as who asks may see them. */
    private fun marks(): List<SkillMark> {
        val marks = mutableListOf<SkillMark>()
        var after: Long? = null
        repeat(PAGES_MAX) {
            val page = desk.inspector.dossiers("assistance", after)
            page.rows.forEach { marks += desk.inspector.teaching(desk.writer(), it.dossier).skills }
            after = page.next ?: return marks
        }
        return marks
    }
}

/** The officers of a township, each with the parts of the loop that are still to be taught. */
fun pupilsOf(officers: List<OfficerRow>, marks: List<SkillMark>): List<Pupil> =
    officers.filter { it.role == Role.ENFORCER && !it.isRevoked }.map { officer ->
        val newest = marks.filter { it.officer == officer.writer }.groupBy { it.skill }
            .mapValues { (_, of) -> of.maxBy { it.day }.level }
        Pupil(officer, Agenda.entries.filter { newest[it.tag] != SkillLevel.ALONE })
    }
