/** How far each officer has come, part by part of the loop: shown, with help, alone. */
package org.angen.shell.view

import android.widget.Button
import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.Agenda
import org.angen.shell.model.TeachingModel
import org.angen.shell.model.TeachingState
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.SkillLevel

class SkillsScreen : Screen<TeachingState, TeachingModel>() {
    private lateinit var pupils: LinearLayout
    private lateinit var parts: LinearLayout
    private lateinit var release: Button

    override fun title() = getString(R.string.skills)

    override fun makeModel() = TeachingModel(desk, extra(DOSSIER))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        val what = if (model.isMentor) R.string.skills_what else R.string.skills_read
        page.content.put(kit.text(getString(what), Tone.SOFT))
        pupils = page.content.put(kit.column())
        parts = page.content.put(kit.column())
        release = page.foot.put(
            kit.button(getString(R.string.teaching_release), Weight.MAIN) { model.release() },
        )
    }

    override fun show(state: TeachingState) {
        val kit = page.kit
        pupils.removeAllViews()
        val buttons = state.enforcers.map { officer ->
            kit.button(officer.name) { model.teach(officer) }
                .apply { weigh(kit, officer.writer == state.pupil) }
        }
        buttons.chunked(2).forEach {
            pupils.put(kit.beside(*it.toTypedArray()), R.dimen.gap_small)
        }
        parts.removeAllViews()
        if (state.teaching != null) Agenda.entries.forEach { parts.put(part(state, it)) }
        release.shown(model.isMentor && state.teaching?.skills.orEmpty().isNotEmpty())
        say(state.trouble)
        if (state.trouble != null) return
        val count = state.released ?: return
        val words = resources.getQuantityString(R.plurals.teaching_released, count, count)
        page.tell(words, Tone.GOOD)
    }

    private fun part(state: TeachingState, part: Agenda): LinearLayout {
        val kit = page.kit
        val card = kit.card()
        card.put(kit.heading(page.words(part.zh, part.en), R.dimen.text_body))
        val mark = state.markOf(part)
        val said = when (mark) {
            null -> getString(R.string.skills_unmarked)
            else -> getString(
                R.string.skills_marked, getString(name(mark.level)), mark.day,
                state.name(mark.writer),
            )
        }
        val tone = if (mark == null) Tone.SOFT else Tone.GOOD
        card.put(kit.text(said, tone, R.dimen.text_small), R.dimen.gap_small)
        if (!model.isMentor) return card
        val levels = SkillLevel.entries.map { level ->
            kit.button(getString(name(level))) { model.mark(part, level) }.apply {
                weigh(kit, level == mark?.level)
                contentDescription = "${page.words(part.zh, part.en)}：$text"
            }
        }
        card.put(kit.beside(*levels.toTypedArray()), R.dimen.gap_small)
        return card
    }

    private fun name(level: SkillLevel): Int = when (level) {
        SkillLevel.SHOWN -> R.string.skill_shown
        SkillLevel.HELPED -> R.string.skill_helped
        SkillLevel.ALONE -> R.string.skill_alone
    }
}
