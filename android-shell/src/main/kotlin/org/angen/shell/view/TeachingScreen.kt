/** The mentor's view of a visit, and the officers' answers: adopted, or not, because. */
package org.angen.shell.view

import android.text.InputType
import android.widget.Button
import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.TeachingModel
import org.angen.shell.model.TeachingState
import org.angen.shell.model.Thing
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.Adoption
import uniffi.angen_bindings.Comment

class TeachingScreen : Screen<TeachingState, TeachingModel>() {
    private lateinit var list: LinearLayout
    private lateinit var about: LinearLayout
    private lateinit var words: Field
    private lateinit var comment: Button
    private lateinit var release: Button

    override fun title() = getString(R.string.teaching)

    override fun makeModel(): TeachingModel {
        val (place, about) = intent.getStringExtra(PLACE) to intent.getStringExtra(ABOUT)
        val title = intent.getStringExtra(TITLE).orEmpty()
        val thing = if (place != null && about != null) Thing(place, about, title) else null
        return TeachingModel(desk, extra(DOSSIER), thing)
    }

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        page.content.put(
            kit.button(getString(R.string.skills)) {
                go(SkillsScreen::class.java, DOSSIER to model.visit)
            },
        )
        list = page.content.put(kit.column())
        about = page.content.put(kit.column())
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        words = page.content.put(kit.field(getString(R.string.teaching_words), many))
        release = page.foot.put(
            kit.button(getString(R.string.teaching_release)) { model.release() },
        )
        comment = page.foot.put(
            kit.button(getString(R.string.teaching_comment), Weight.MAIN) {
                model.comment(words.words)
                words.words = ""
            },
        )
    }

    override fun show(state: TeachingState) {
        val kit = page.kit
        list.removeAllViews()
        val teaching = state.teaching
        if (teaching != null && teaching.comments.isEmpty()) {
            list.put(kit.text(getString(R.string.teaching_none), Tone.SOFT))
        }
        teaching?.comments.orEmpty().forEach { list.put(card(state, it)) }
        about.removeAllViews()
        val may = model.isMentor && state.checks.isNotEmpty()
        listOf(about, words, comment).forEach { it.shown(may) }
        release.shown(model.isMentor && teaching?.comments.orEmpty().isNotEmpty())
        val heading = if (model.thing == null) R.string.teaching_about else R.string.teaching_on
        if (may) about.put(kit.heading(getString(heading)))
        val thing = model.thing
        if (may && thing != null) about.put(kit.text(thing.title))
        if (thing == null) state.checks.forEach { check ->
            about.put(kit.button(check.enterpriseName) { model.choose(check) })
                .weigh(kit, check.dossier == state.about?.dossier)
        }
        say(state.trouble)
        if (state.trouble != null) return
        val count = state.released ?: return
        val words = resources.getQuantityString(R.plurals.teaching_released, count, count)
        page.tell(words, Tone.GOOD)
    }

    private fun card(state: TeachingState, comment: Comment): LinearLayout {
        val kit = page.kit
        val card = kit.card()
        val place = state.checks.find { it.dossier == comment.aboutDossier }?.enterpriseName
        val head = listOfNotNull(state.name(comment.writer), place, Labels.time(comment.wallMs))
        card.put(kit.text(head.joinToString("　"), Tone.SOFT, R.dimen.text_small))
        card.put(kit.text(comment.text))
        val answer = comment.answer
        if (answer != null) {
            val words = when (answer.adopted) {
                true -> R.string.teaching_adopted
                false -> R.string.teaching_not_adopted
            }
            val said = listOfNotNull(getString(words), answer.reason).joinToString("：")
            card.put(kit.text(said, if (answer.adopted) Tone.GOOD else Tone.WARN))
        } else if (!model.isMentor) {
            val reason = card.put(kit.field(getString(R.string.teaching_because)))
            val no = kit.button(getString(R.string.teaching_not_adopt)) {
                model.answer(comment.comment, Adoption.NotAdopted(reason.words))
            }
            val yes = kit.button(getString(R.string.teaching_adopt), Weight.MAIN) {
                model.answer(comment.comment, Adoption.Adopted)
            }
            card.put(kit.beside(no, yes))
        }
        return card
    }

    companion object {
        /** The dossier of what a comment is about, where it is a thing in a check. */
        const val PLACE = "place"
    }
}
