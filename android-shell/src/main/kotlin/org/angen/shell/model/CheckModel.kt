/** A check 现场检查: what is missing, its checklists, findings, evidence, and who stands behind it. */
package org.angen.shell.model

import uniffi.angen_bindings.CheckRow
import uniffi.angen_bindings.EvidenceRow
import uniffi.angen_bindings.FindingRow
import uniffi.angen_bindings.MissingView
import uniffi.angen_bindings.PartyAnswer
import uniffi.angen_bindings.Purpose

/**
 * [done] is a sentence of what was just done, in both languages. [older] is where the next page of
 * evidence begins.
 */
data class CheckState(
    val check: CheckRow? = null,
    val missing: List<MissingView> = emptyList(),
    val findings: List<FindingRow> = emptyList(),
    val evidence: List<EvidenceRow> = emptyList(),
    val older: UInt? = null,
    val isBusy: Boolean = false,
    val done: Trouble? = null,
    val trouble: Trouble? = null,
) {
    val lines: List<MissingView> get() = missing.take(LINES_AT_GATE)

    /** The newest page that was captured as signed; the party's answer rests on it. */
    val signedPage: EvidenceRow?
        get() = evidence.find { it.purpose == Purpose.SIGNED_PAGE && !it.isRetracted }
}

class CheckModel(desk: Desk, val dossier: String) : Model<CheckState>(desk, CheckState()) {
    fun load() = ask(
        {
            val evidence = desk.inspector.evidenceOf(dossier, null, null)
            state.copy(
                check = desk.inspector.check(dossier),
                missing = desk.inspector.missing(dossier, desk.nowMs()),
                findings = findingsOf(desk, dossier),
                evidence = evidence.rows,
                older = evidence.next,
            )
        },
        failed = { state = state.copy(trouble = it) },
    ) { state = it.copy(isBusy = state.isBusy, done = state.done, trouble = state.trouble) }

    /** The next page of the evidence, which is older. */
    fun more() {
        val before = state.older ?: return
        ask(
            { desk.inspector.evidenceOf(dossier, null, before) },
            failed = { state = state.copy(trouble = it) },
        ) { page ->
            if (before != state.older) return@ask
            state = state.copy(evidence = state.evidence + page.rows, older = page.next)
        }
    }

    /** Whether who works has shown the certificate here. */
    val hasShown get() = desk.worker?.name in state.check?.shownBy.orEmpty()

    fun showCertificates(shownTo: String) =
        act("已记录亮证", "the certificate was shown; recorded") {
            desk.inspector.showCertificates(desk.writer(), dossier, shownTo, null)
        }

    /** Assents to what others wrote here and who works has not assented to yet. */
    fun assent() = act("已确认他人所记", "assented to what others wrote") {
        desk.inspector.giveAssent(desk.writer(), dossier, emptyList())
    }

    fun signed(signer: String, post: String) {
        val page = state.signedPage
        if (page == null) {
            val zh = "还没有拍签字页：先拍签字页，再记签字"
            state = state.copy(trouble = Trouble(zh, "photograph the signed page first"))
            return
        }
        act("已记录签字", "the signature is recorded") {
            val answer = PartyAnswer.Signed(signer, post, page.evidence)
            desk.inspector.signRecord(desk.writer(), dossier, answer)
        }
    }

    fun refused(reason: String) = act("已记录拒签", "the refusal is recorded") {
        desk.inspector.signRecord(desk.writer(), dossier, PartyAnswer.Refused(reason, null))
    }

    private fun act(zh: String, en: String, verb: () -> Any?) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null, done = null)
        ask(verb, failed = { state = state.copy(isBusy = false, trouble = it) }) {
            state = state.copy(isBusy = false, done = Trouble(zh, en))
            load()
        }
    }
}
