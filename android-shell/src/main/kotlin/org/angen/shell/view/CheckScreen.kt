/** A check: what is missing first, then lists, findings and evidence in the order of the work. */
package org.angen.shell.view

import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.model.CheckModel
import org.angen.shell.model.CheckState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import uniffi.angen_bindings.EvidenceRow
import uniffi.angen_bindings.FindingRow

class CheckScreen : Screen<CheckState, CheckModel>() {
    private lateinit var list: LinearLayout
    private lateinit var showing: LinearLayout
    private lateinit var shownBy: TextView
    private lateinit var mine: LinearLayout
    private lateinit var shownTo: Field
    private lateinit var below: LinearLayout

    override fun title() = intent.getStringExtra(TITLE) ?: getString(R.string.check)

    override fun makeModel() = CheckModel(desk, extra(DOSSIER))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        list = page.content.put(kit.column())
        showing = page.content.put(kit.card())
        showing.put(kit.heading(getString(R.string.check_show)))
        shownBy = showing.put(kit.text("", Tone.SOFT))
        mine = showing.put(kit.column())
        shownTo = mine.put(kit.field(getString(R.string.check_shown_to)))
        mine.put(
            kit.button(getString(R.string.check_shown)) { model.showCertificates(shownTo.words) },
        )
        showing.put(kit.button(getString(R.string.hand_over)) { go(SignInScreen::class.java) })
        below = page.content.put(kit.column())
        val record = kit.button(getString(R.string.record)) {
            go(RecordScreen::class.java, DOSSIER to model.dossier, TITLE to title().toString())
        }
        val note = kit.button(getString(R.string.note)) {
            go(NoteScreen::class.java, DOSSIER to model.dossier)
        }
        val papers = kit.button(getString(R.string.papers)) {
            go(PapersScreen::class.java, DOSSIER to model.dossier)
        }
        val follow = kit.button(getString(R.string.follow_up)) {
            go(FollowUpScreen::class.java, DOSSIER to model.dossier)
        }
        page.content.put(kit.beside(follow, papers))
        page.foot.put(kit.beside(record, note))
        page.foot.put(
            kit.button(getString(R.string.capture), Weight.MAIN) {
                go(CaptureScreen::class.java, DOSSIER to model.dossier)
            },
        )
    }

    override fun show(state: CheckState) {
        say(state.trouble)
        if (state.trouble == null) state.done?.let { page.tell(page.words(it), Tone.GOOD) }
        val check = state.check ?: return
        val kit = page.kit
        list.removeAllViews()
        MissingCard.put(page, list, state.lines, state.missing.size - state.lines.size)
        // The core lists what is undecided here among what is missing, by its own code.
        if (state.missing.any { it.code == "conflicts_listed" }) {
            list.put(
                kit.button(getString(R.string.conflicts_see)) {
                    go(ConflictsScreen::class.java, DOSSIER to model.dossier)
                },
            )
        }
        val where = listOfNotNull(check.address, check.creditCode).joinToString("\n")
        list.put(kit.text(where, Tone.SOFT))
        mine.shown(!model.hasShown)
        showing.shown(!model.hasShown || check.shownBy.size < OFFICERS)
        shownBy.text = when {
            check.shownBy.isEmpty() -> getString(R.string.check_shown_each)
            else -> getString(R.string.check_shown_by, check.shownBy.joinToString("、"))
        }
        below.removeAllViews()
        below.put(kit.heading(getString(R.string.check_lists)))
        check.lists.forEach { row ->
            val progress = getString(R.string.answered_of, row.answered.toInt(), row.asked.toInt())
            val tone = if (row.answered == row.asked) Tone.GOOD else Tone.PLAIN
            below.put(kit.row(Labels.list(this, row.title), listOf(progress to tone)) {
                val about = ABOUT to row.checklist
                go(FormScreen::class.java, DOSSIER to model.dossier, about, TITLE to row.title)
            })
        }
        if (state.findings.isNotEmpty()) below.put(kit.heading(getString(R.string.findings)))
        state.findings.forEach { below.put(finding(it)) }
        if (state.evidence.isNotEmpty()) below.put(kit.heading(getString(R.string.evidence)))
        state.evidence.forEach { below.put(evidence(it)) }
    }

    private fun finding(row: FindingRow) = page.kit.row(
        row.title,
        listOfNotNull(
            page.words(row.consequenceLabel.zh, row.consequenceLabel.en) to Tone.SOFT,
            row.stageLabel?.let { page.words(it.zh, it.en) to Tone.PLAIN },
            row.lacks.firstOrNull()?.let { page.words(it.zh, it.en) to Tone.WARN },
            if (row.isRetracted) getString(R.string.retracted) to Tone.BAD else null,
        ),
    ) { go(FindingScreen::class.java, DOSSIER to model.dossier, FINDING to row.finding) }

    private fun evidence(row: EvidenceRow) = page.kit.row(
        row.caption,
        listOfNotNull(
            listOfNotNull(row.capturedBy, Labels.time(row.capturedMs))
                .joinToString("　") to Tone.SOFT,
            if (row.isReceipted) null else getString(R.string.no_receipt) to Tone.SOFT,
            if (row.isRetracted) getString(R.string.retracted) to Tone.BAD else null,
        ),
    ) { go(EvidenceScreen::class.java, DOSSIER to model.dossier, ABOUT to row.evidence) }

    private companion object {
        /** Officers who are to show their certificates, each in person. */
        const val OFFICERS = 2
    }
}
