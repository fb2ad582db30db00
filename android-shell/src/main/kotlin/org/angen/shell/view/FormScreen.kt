/** A checklist: big answers, one press each; what is skipped goes away, what is asked comes. */
package org.angen.shell.view

import android.text.InputType
import android.view.View
import android.view.inputmethod.EditorInfo
import android.widget.Button
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.model.FormModel
import org.angen.shell.model.FormScreenState
import org.angen.shell.model.Trouble
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.ItemKind
import uniffi.angen_bindings.ItemState
import uniffi.angen_bindings.ShownItem

class FormScreen : Screen<FormScreenState, FormModel>() {
    private lateinit var progress: TextView
    private lateinit var list: LinearLayout
    private lateinit var moves: LinearLayout
    private lateinit var why: LinearLayout
    private lateinit var previous: Button
    private lateinit var next: Button

    /** The card of each item that is shown, with the state and trouble that it shows. */
    private val cards = LinkedHashMap<String, Pair<View, Any?>>()

    override fun title() =
        Labels.list(this, intent.getStringExtra(TITLE) ?: getString(R.string.check_lists))

    override fun makeModel() = FormModel(desk, extra(DOSSIER), extra(ABOUT))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        progress = page.head.put(kit.text("", Tone.SOFT))
        list = page.content.put(kit.column())
        why = page.foot.put(kit.column())
        why.put(kit.heading(getString(R.string.change_why)))
        val slip = getString(R.string.change_slip)
        val again = getString(R.string.change_again)
        why.put(
            kit.beside(
                kit.button(slip) { model.because(slip) },
                kit.button(again) { model.because(again) },
            ),
        )
        why.put(kit.button(getString(R.string.change_keep)) { model.because(null) })
        previous = kit.button(getString(R.string.previous)) { turn { model.previous() } }
        next = kit.button(getString(R.string.next), Weight.MAIN) { turn { model.next() } }
        moves = page.foot.put(kit.beside(previous, next, always = true))
    }

    override fun show(state: FormScreenState) {
        val form = state.form
        form?.state?.let {
            progress.text = getString(R.string.answered_of, it.answered.toInt(), it.asked.toInt())
        }
        why.shown(state.change != null)
        moves.shown(state.change == null)
        previous.isEnabled = state.from > 0
        next.text = getString(if (state.hasNext) R.string.next else R.string.done)
        val shown = state.shown
        val names = shown.map { it.first.name }
        if (names != cards.keys.toList()) {
            cards.clear()
            list.removeAllViews()
        }
        shown.forEachIndexed { at, (item, now) ->
            val trouble = state.trouble?.takeIf { it.place == item.name }
            val showing = Triple(item.voiceNotes, now, trouble)
            val old = cards[item.name]
            if (old?.second == showing) return@forEachIndexed
            val card = card(item, now, trouble)
            if (old != null) list.removeView(old.first)
            cards[item.name] = card to showing
            val params = LinearLayout.LayoutParams(
                LinearLayout.LayoutParams.MATCH_PARENT,
                LinearLayout.LayoutParams.WRAP_CONTENT,
            )
            params.topMargin = page.kit.px(R.dimen.gap)
            list.addView(card, at, params)
        }
        say(state.trouble?.takeIf { it.place !in names })
    }

    private fun card(item: ShownItem, now: ItemState, trouble: Trouble?): View {
        val kit = page.kit
        val card = kit.card()
        card.put(kit.heading(page.words(item.label.zh, item.label.en), R.dimen.text_body))
        val hint = page.words(item.hint.zh, item.hint.en)
        if (hint.isNotEmpty()) {
            card.put(kit.text(hint, Tone.WARN, R.dimen.text_small), R.dimen.gap_small)
        }
        item.legalBasis?.let {
            card.put(kit.text(it, Tone.SOFT, R.dimen.text_small), R.dimen.gap_small)
        }
        when (item.kind) {
            ItemKind.SELECT_ONE -> choices(card, item, now)
            ItemKind.SELECT_MULTIPLE -> several(card, item, now)
            ItemKind.INTEGER -> typed(card, item, now, InputType.TYPE_CLASS_NUMBER)
            ItemKind.DECIMAL -> typed(card, item, now, DECIMAL)
            ItemKind.TEXT -> typed(card, item, now, InputType.TYPE_CLASS_TEXT)
            ItemKind.IMAGE -> card.put(kit.button(getString(R.string.capture)) { capture() })
            ItemKind.NOTE, ItemKind.GROUP -> Unit
        }
        if (item.voiceNotes.isNotEmpty()) voices(card, item)
        if (now.isConflict) conflict(card)
        now.problem?.let { card.put(kit.text(page.words(it.zh, it.en), Tone.BAD)) }
        trouble?.let { card.put(kit.text(page.words(it), Tone.BAD)) }
        return card
    }

    /** What was said about the answer: each opens where it is heard. */
    private fun voices(card: LinearLayout, item: ShownItem) {
        val buttons = item.voiceNotes.mapIndexed { at, note ->
            page.kit.button("🔊 " + getString(R.string.voice_note, at + 1)) {
                go(EvidenceScreen::class.java, DOSSIER to model.dossier, ABOUT to note)
            }
        }
        buttons.chunked(2).forEach {
            card.put(page.kit.beside(*it.toTypedArray()), R.dimen.gap_small)
        }
    }

    private fun conflict(card: LinearLayout) {
        card.put(page.kit.text(getString(R.string.item_conflict), Tone.BAD))
        card.put(
            page.kit.button(getString(R.string.conflicts_see)) {
                go(ConflictsScreen::class.java, DOSSIER to model.dossier)
            },
        )
    }

    /** The answers, each as wide as it can be; and a way to a finding once there is an answer. */
    private fun choices(card: LinearLayout, item: ShownItem, now: ItemState) {
        val kit = page.kit
        val buttons = item.choices.map { choice ->
            val chosen = choice.name == now.answer
            val words = page.words(choice.label.zh, choice.label.en)
            val said = (if (chosen) "✓ " else "") + words
            kit.button(said) { model.answer(item.name, choice.name) }.apply {
                weigh(kit, chosen)
                minHeight = kit.px(R.dimen.answer_min)
            }
        }
        buttons.chunked(2).forEach { card.put(kit.beside(*it.toTypedArray()), R.dimen.gap_small) }
        if (now.answer != null) {
            val finding = kit.button(getString(R.string.finding_from)) { find(item) }
            val voice = kit.button(getString(R.string.voice)) { speak(item) }
            card.put(kit.beside(finding, voice), R.dimen.gap_small)
        }
    }

    private fun several(card: LinearLayout, item: ShownItem, now: ItemState) {
        val chosen = now.answer.orEmpty().split(' ').filter { it.isNotEmpty() }
        item.choices.forEach { choice ->
            val isChosen = choice.name in chosen
            val after = if (isChosen) chosen - choice.name else chosen + choice.name
            val words = (if (isChosen) "✓ " else "") + page.words(choice.label.zh, choice.label.en)
            card.put(page.kit.button(words) { model.answer(item.name, after.joinToString(" ")) })
                .weigh(page.kit, isChosen)
        }
    }

    private fun typed(card: LinearLayout, item: ShownItem, now: ItemState, type: Int) {
        val field = card.put(page.kit.field(getString(R.string.answer), type))
        field.words = now.answer.orEmpty()
        field.edit.imeOptions = EditorInfo.IME_ACTION_DONE
        val keep = { if (field.words.isNotEmpty()) model.answer(item.name, field.words) }
        field.edit.setOnEditorActionListener { _, _, _ -> keep(); false }
        card.put(page.kit.button(getString(R.string.keep)) { keep() }, R.dimen.gap_small)
    }

    private fun turn(move: () -> Unit) {
        val isLast = !model.state.hasNext
        val before = model.state.from
        move()
        if (model.state.from == before && isLast) finish()
        (list.parent.parent as? ScrollView)?.scrollTo(0, 0)
    }

    private fun capture() = go(CaptureScreen::class.java, DOSSIER to model.dossier)

    /** A voice note about the answer, called by the item's own words: nothing is typed. */
    private fun speak(item: ShownItem) = go(
        CaptureScreen::class.java,
        DOSSIER to model.dossier,
        ABOUT to item.answer,
        CaptureScreen.CAPTION to item.label.zh,
        CaptureScreen.VOICE to item.name,
    )

    private fun find(item: ShownItem) = go(
        FindingScreen::class.java,
        DOSSIER to model.dossier,
        ABOUT to model.checklist,
        ITEM to item.name,
    )

    private companion object {
        const val DECIMAL = InputType.TYPE_CLASS_NUMBER or InputType.TYPE_NUMBER_FLAG_DECIMAL
    }
}
