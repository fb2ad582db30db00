/** A training 培训 of a visit: recorded once, then each who came signs in with an own PIN. */
package org.angen.shell.model

import uniffi.angen_bindings.EvidenceRow
import uniffi.angen_bindings.OfficerRow
import uniffi.angen_bindings.Purpose
import uniffi.angen_bindings.RecordTraining
import uniffi.angen_bindings.Role
import uniffi.angen_bindings.TrainingRow

/** Parts of the closed loop 执法闭环 that a training covers, in the field's order. */
enum class Agenda(val tag: String, val zh: String, val en: String) {
    CHECK("check", "检查", "check"),
    RECORD("record", "记录", "record"),
    ORDER("order", "责令整改", "order"),
    RECHECK("recheck", "复查", "re-check"),
    FILING("filing", "立案", "filing"),
    EVIDENCE("evidence", "取证", "evidence"),
    NOTICE("notice_defence", "告知与陈述申辩", "notice and defence"),
    DECISION("review_decision", "法制审核与决定", "review and decision"),
    SERVICE("service", "送达", "service"),
    PAYMENT("payment", "缴款", "payment"),
    CLOSING("closing", "结案", "closing"),
}

data class TrainingState(
    val trainers: List<OfficerRow> = emptyList(),
    val trainer: String? = null,
    val agenda: Set<Agenda> = Agenda.entries.toSet(),
    val training: TrainingRow? = null,
    val evidence: List<EvidenceRow> = emptyList(),
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
) {
    /** What was taught, as it was captured; a training without it does not count. */
    val courseware: List<EvidenceRow>
        get() = evidence.filter { it.purpose == Purpose.COURSEWARE && !it.isRetracted }
}

class TrainingModel(desk: Desk, val visit: String, private var training: String?) :
    Model<TrainingState>(desk, TrainingState()) {
    fun load() = ask(
        {
            state.copy(
                trainers = desk.inspector.officers(desk.nowMs()).filter { it.role == Role.MENTOR },
                training = desk.inspector.trainings(visit, null).rows
                    .find { it.training == training },
                evidence = training?.let { desk.inspector.evidenceOf(visit, it, null).rows }
                    .orEmpty(),
            )
        },
        failed = { state = state.copy(trouble = it) },
    ) {
        val trainer = state.trainer ?: it.trainers.firstOrNull()?.writer
        state = it.copy(trainer = trainer, agenda = state.agenda, isBusy = state.isBusy)
    }

    fun choose(trainer: String) {
        state = state.copy(trainer = trainer)
    }

    fun toggle(part: Agenda) {
        val agenda = state.agenda
        state = state.copy(agenda = if (part in agenda) agenda - part else agenda + part)
    }

    /** Records it as ending now; it began [hours] before. */
    fun record(title: String, place: String, hours: Int) {
        if (state.isBusy) return
        val to = desk.nowMs()
        val request = RecordTraining(
            dossier = visit,
            title = title,
            trainer = state.trainer ?: desk.writer(),
            agenda = Agenda.entries.filter { it in state.agenda }.map { it.tag },
            place = place,
            fromMs = to - hours * HOUR_MS,
            toMs = to,
        )
        state = state.copy(isBusy = true, trouble = null)
        ask(
            { desk.inspector.recordTraining(desk.writer(), request) },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) {
            training = it.training
            state = state.copy(isBusy = false)
            load()
        }
    }

    /** Who works was there. Everybody else hands over first: nobody signs in for another. */
    fun confirm() {
        val there = training ?: return
        ask(
            { desk.inspector.confirmAttendance(desk.writer(), visit, there) },
            failed = { state = state.copy(trouble = it) },
        ) { load() }
    }

    private companion object {
        const val HOUR_MS = 3_600_000L
    }
}
