/** What a mentor says to officers: comments that are answered, and skills that are marked. */
package org.angen.shell.model

import uniffi.angen_bindings.Adoption
import uniffi.angen_bindings.CheckRow
import uniffi.angen_bindings.MarkSkill
import uniffi.angen_bindings.OfficerRow
import uniffi.angen_bindings.Role
import uniffi.angen_bindings.SkillLevel
import uniffi.angen_bindings.SkillMark
import uniffi.angen_bindings.TeachingView
import uniffi.angen_bindings.WriteComment

data class TeachingState(
    val teaching: TeachingView? = null,
    val checks: List<CheckRow> = emptyList(),
    val officers: List<OfficerRow> = emptyList(),
    val about: CheckRow? = null,
    val pupil: String? = null,
    val isBusy: Boolean = false,
    val released: Int? = null,
    val trouble: Trouble? = null,
) {
    /** Who can be taught here. */
    val enforcers: List<OfficerRow>
        get() = officers.filter { it.role == Role.ENFORCER && !it.isRevoked }

    /** The newest mark of the chosen officer in a part of the loop, as who works may see it. */
    fun markOf(part: Agenda): SkillMark? = teaching?.skills.orEmpty()
        .filter { it.officer == pupil && it.skill == part.tag }
        .maxByOrNull { it.day }

    fun name(writer: String): String = officers.find { it.writer == writer }?.name ?: writer
}

/** What a comment is about, where it is not a check as a whole: a photo, a finding. */
data class Thing(val dossier: String, val entity: String, val title: String)

class TeachingModel(desk: Desk, val visit: String, val thing: Thing? = null) :
    Model<TeachingState>(desk, TeachingState()) {
    val isMentor get() = desk.worker?.isMentor == true

    fun load() = ask(
        {
            state.copy(
                teaching = desk.inspector.teaching(desk.writer(), visit),
                checks = desk.inspector.checks(visit, null).rows,
                officers = desk.inspector.officers(desk.nowMs()),
            )
        },
        failed = { state = state.copy(trouble = it) },
    ) {
        state = it.copy(
            about = state.about ?: it.checks.firstOrNull(),
            pupil = state.pupil ?: pupilOf(it.enforcers),
            isBusy = state.isBusy,
            released = state.released,
            trouble = state.trouble,
        )
    }

    fun choose(check: CheckRow) {
        state = state.copy(about = check)
    }

    fun teach(pupil: OfficerRow) {
        state = state.copy(pupil = pupil.writer, trouble = null)
    }

    /** A comment on the thing, or on the chosen check; mentors' own until it is released. */
    fun comment(text: String) {
        val about = thing ?: state.about?.let { Thing(it.dossier, it.check, it.title) } ?: return
        val request = WriteComment(visit, about.dossier, about.entity, text)
        act { desk.inspector.writeComment(desk.writer(), request) }
    }

    /** Gives to the officers whatever was not given yet: until then only mentors read it. */
    fun release() {
        if (state.isBusy) return
        state = state.copy(isBusy = true, released = null, trouble = null)
        ask(
            { desk.inspector.releaseTeaching(desk.writer(), visit, emptyList()) },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) {
            state = state.copy(isBusy = false, released = it.released.toInt())
            load()
        }
    }

    fun answer(comment: String, adoption: Adoption) =
        act { desk.inspector.answerComment(desk.writer(), visit, comment, adoption) }

    /** Marks how far the chosen officer has come in a part of the loop, as of today. */
    fun mark(part: Agenda, level: SkillLevel) {
        val pupil = state.pupil ?: return
        val request = MarkSkill(visit, pupil, part.tag, level, dayOf(desk.nowMs()))
        act { desk.inspector.markSkill(desk.writer(), request) }
    }

    /** An officer reads the own marks first. */
    private fun pupilOf(enforcers: List<OfficerRow>): String? =
        (enforcers.find { it.writer == desk.worker?.writer } ?: enforcers.firstOrNull())?.writer

    private fun act(verb: () -> Any?) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, released = null, trouble = null)
        ask(verb, failed = { state = state.copy(isBusy = false, trouble = it) }) {
            state = state.copy(isBusy = false)
            load()
        }
    }
}
