/** The night before, for a mentor: what is missing, the sites and their past, whom to teach. */
package org.angen.shell.view

import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.Agenda
import org.angen.shell.model.EarlierCheck
import org.angen.shell.model.LINES_AT_GATE
import org.angen.shell.model.PreparationModel
import org.angen.shell.model.PreparationState
import org.angen.shell.model.Pupil
import org.angen.shell.model.SiteAhead
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.put

class PreparationScreen : Screen<PreparationState, PreparationModel>() {
    private lateinit var list: LinearLayout

    override fun title() = getString(R.string.preparation)

    override fun makeModel() = PreparationModel(desk, extra(DOSSIER))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        list = page.content.put(page.kit.column())
        val kit = page.kit
        val teaching = kit.button(getString(R.string.teaching)) {
            go(TeachingScreen::class.java, DOSSIER to model.visit)
        }
        val skills = kit.button(getString(R.string.skills)) {
            go(SkillsScreen::class.java, DOSSIER to model.visit)
        }
        page.foot.put(kit.beside(teaching, skills))
    }

    override fun show(state: PreparationState) {
        list.removeAllViews()
        if (state.isLoaded) {
            val more = state.missing.size - LINES_AT_GATE
            val lines = state.missing.take(LINES_AT_GATE)
            MissingCard.put(page, list, lines, more, R.string.preparation_missing)
            sites(state)
            pupils(state)
        }
        say(state.trouble)
    }

    private fun sites(state: PreparationState) {
        val kit = page.kit
        list.put(kit.heading(getString(R.string.preparation_sites)))
        if (state.sites.isEmpty()) {
            list.put(kit.text(getString(R.string.preparation_no_site), Tone.WARN))
        }
        state.sites.forEach { list.put(site(it)) }
    }

    private fun site(site: SiteAhead): LinearLayout {
        val kit = page.kit
        val card = kit.card()
        val check = site.check
        card.put(kit.heading(check.enterpriseName, R.dimen.text_body))
        card.put(kit.text(check.address, Tone.SOFT, R.dimen.text_small), R.dimen.gap_small)
        val lists = check.lists.joinToString("　") { Labels.list(this, it.title) }
        card.put(kit.text(lists), R.dimen.gap_small)
        val papers = listOf(
            check.approvalNo to R.string.preparation_no_approval,
            check.noticeNo to R.string.preparation_no_notice,
        )
        papers.filter { it.first == null }.forEach { (_, words) ->
            card.put(kit.text(getString(words), Tone.WARN), R.dimen.gap_small)
        }
        if (site.earlier.isEmpty()) {
            val words = getString(R.string.preparation_first)
            card.put(kit.text(words, Tone.SOFT), R.dimen.gap_small)
        }
        site.earlier.forEach { earlier(card, it) }
        return card
    }

    private fun earlier(card: LinearLayout, earlier: EarlierCheck) {
        val kit = page.kit
        val day = org.angen.shell.model.dayOf(earlier.check.openedMs)
        val count = earlier.findings.size
        val words = resources.getQuantityString(R.plurals.preparation_before, count, day, count)
        card.put(kit.text(words), R.dimen.gap_small)
        earlier.findings.forEach {
            card.put(kit.text("· ${it.title}", Tone.SOFT, R.dimen.text_small), R.dimen.gap_small)
        }
        earlier.uncorrected.forEach {
            val open = getString(R.string.preparation_uncorrected, it.title, it.by.orEmpty())
            card.put(kit.text(open, Tone.BAD, R.dimen.text_small), R.dimen.gap_small)
        }
    }

    private fun pupils(state: PreparationState) {
        val kit = page.kit
        list.put(kit.heading(getString(R.string.preparation_people)))
        val enough = state.certified >= OFFICERS
        val words = getString(R.string.preparation_certified, state.certified)
        list.put(kit.text(words, if (enough) Tone.GOOD else Tone.BAD))
        state.pupils.forEach { list.put(pupil(it)) }
    }

    private fun pupil(pupil: Pupil): LinearLayout {
        val kit = page.kit
        val card = kit.card()
        val officer = pupil.officer
        card.put(kit.heading(officer.name, R.dimen.text_body))
        val until = officer.certificateValidUntil
        when {
            !officer.isCertified -> getString(R.string.officer_no_certificate) to Tone.BAD
            until != null -> getString(R.string.preparation_until, until) to Tone.SOFT
            else -> null
        }?.let { (words, tone) -> card.put(kit.text(words, tone), R.dimen.gap_small) }
        val parts = pupil.toTeach
        val words = when (parts.size) {
            0 -> getString(R.string.preparation_all_alone)
            Agenda.entries.size -> getString(R.string.preparation_nothing_alone)
            else -> getString(
                R.string.preparation_to_teach,
                parts.joinToString(page.words("、", ", ")) { page.words(it.zh, it.en) },
            )
        }
        card.put(kit.text(words, if (parts.isEmpty()) Tone.GOOD else Tone.PLAIN), R.dimen.gap_small)
        return card
    }

    private companion object {
        /** Certified officers without whom no check begins. */
        const val OFFICERS = 2
    }
}
