/** Joining: a PIN, a code for the administrator to scan, and words that both compare aloud. */
package org.angen.shell.view

import android.content.Intent
import android.text.InputType
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.host.ShellApplication
import org.angen.shell.model.JoinModel
import org.angen.shell.model.JoinScreenState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.QrView
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown

class JoinScreen : ScanningScreen<JoinScreenState, JoinModel>() {
    private lateinit var left: LinearLayout
    private lateinit var discard: Button
    private lateinit var sure: LinearLayout
    private lateinit var first: LinearLayout
    private lateinit var pin: Field
    private lateinit var again: Field
    private lateinit var second: LinearLayout
    private lateinit var code: QrView
    private lateinit var pasted: Field
    private lateinit var goOn: Button
    private lateinit var third: LinearLayout
    private lateinit var offered: TextView
    private lateinit var words: TextView
    private lateinit var whatToDo: TextView
    private lateinit var next: Button
    private lateinit var differs: Button

    /** Whoever asks is not admitted yet, so nobody need be signed in. */
    override val needsWorker = false

    override fun title() = getString(R.string.join)

    override fun makeModel() =
        JoinModel(desk, (application as ShellApplication).transport).also { it.load() }

    override fun build() {
        val kit = page.kit
        buildLeft()
        first = page.content.put(kit.column())
        first.put(kit.text(getString(R.string.join_what), Tone.SOFT))
        val digits = InputType.TYPE_CLASS_NUMBER or InputType.TYPE_NUMBER_VARIATION_PASSWORD
        pin = first.put(kit.field(getString(R.string.pin_new), digits))
        again = first.put(kit.field(getString(R.string.pin_again), digits))
        second = page.content.put(kit.column())
        second.put(kit.text(getString(R.string.join_show)))
        code = second.put(QrView(this))
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        pasted = second.put(kit.field(getString(R.string.scan_or_paste), many))
        pasted.edit.maxLines = 3
        goOn = second.put(kit.button(getString(R.string.join_go_on)) { model.take(pasted.words) })
        goOn.shown(false)
        pasted.onType { goOn.shown(it.isNotEmpty()) }
        third = page.content.put(kit.column())
        offered = third.put(kit.heading(""))
        whatToDo = third.put(kit.text(""))
        words = third.put(kit.heading(""))
        differs = page.foot.put(
            kit.button(getString(R.string.join_differs), Weight.GRAVE) { model.differs() },
        )
        next = page.foot.put(kit.button("", Weight.MAIN, ::next))
    }

    /** A question that lies here from before: its asker goes on by the PIN, others discard it. */
    private fun buildLeft() {
        val kit = page.kit
        left = page.content.put(kit.card())
        left.put(kit.heading(getString(R.string.join_left)))
        left.put(kit.text(getString(R.string.join_left_what)))
        discard = left.put(
            kit.button(getString(R.string.join_discard)) { model.wantsToDiscard(true) },
        )
        sure = left.put(kit.column())
        sure.put(kit.text(getString(R.string.join_discard_what), Tone.WARN))
        val keep = kit.button(getString(R.string.join_keep)) { model.wantsToDiscard(false) }
        val sure = kit.button(getString(R.string.join_discard_sure), Weight.GRAVE) {
            model.discardAsk()
        }
        this.sure.put(kit.beside(keep, sure))
    }

    override fun show(state: JoinScreenState) {
        val stage = stage(state)
        left.shown(stage == Stage.PIN && state.left != null)
        discard.shown(!state.isDiscarding)
        sure.shown(state.isDiscarding)
        first.shown(stage == Stage.PIN)
        second.shown(stage == Stage.ASK)
        third.shown(stage == Stage.COMPARE || stage == Stage.WAIT)
        differs.shown(stage == Stage.COMPARE)
        next.text = getString(stage.next)
        state.asked?.let { code.show(it.text, getString(R.string.join_code)) }
        state.offer?.let { offered.text = "${it.township} · ${it.name}" }
        offered.shown(stage == Stage.COMPARE)
        val sentence = state.offer?.words ?: state.code
        words.text = sentence?.let { page.words(it.zh, it.en) }
        val what = if (stage == Stage.WAIT) R.string.join_read else R.string.join_compare
        whatToDo.text = getString(what)
        pin.say(state.trouble?.takeIf { it.place == "pin" }?.let(page::words))
        say(state.trouble?.takeIf { it.place != "pin" })
        if (state.trouble == null && state.isWaiting) {
            page.tell(getString(R.string.join_waiting), Tone.SOFT)
        }
        if (state.joined != null && !isFinishing) {
            // What lay below asked for a township, or for who works: neither is asked any more.
            val fresh = Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TASK
            startActivity(Intent(this, TodayScreen::class.java).addFlags(fresh))
            finish()
        }
    }

    /** Where a person is: the next step is always the same button. */
    private enum class Stage(val next: Int) {
        PIN(R.string.join_begin),
        ASK(R.string.join_scan),
        COMPARE(R.string.join_same),
        WAIT(R.string.join_answered),
    }

    private fun stage(state: JoinScreenState): Stage = when {
        state.asked == null -> Stage.PIN
        state.offer != null -> Stage.COMPARE
        state.code != null -> Stage.WAIT
        else -> Stage.ASK
    }

    private fun next() {
        val state = model.state
        when (stage(state)) {
            Stage.PIN -> model.begin(pin.words, again.words)
            Stage.ASK -> scan(GIVEN)
            Stage.COMPARE -> model.accept()
            Stage.WAIT -> model.over(state.invitation.orEmpty())
        }
    }

    override fun scanned(purpose: String, text: String) = model.take(text)

    private companion object {
        const val GIVEN = "given"
    }
}
