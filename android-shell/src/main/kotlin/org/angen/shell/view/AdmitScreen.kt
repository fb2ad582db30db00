/** The administrator admits a phone: scans its code and shows the answer, or invites over the hub. */
package org.angen.shell.view

import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.host.ShellApplication
import org.angen.shell.model.AdmitModel
import org.angen.shell.model.AdmitState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Given
import org.angen.shell.view.kit.PersonForm
import org.angen.shell.view.kit.QrView
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import uniffi.angen_bindings.AnsweredJoin

class AdmitScreen : ScanningScreen<AdmitState, AdmitModel>() {
    private lateinit var asking: LinearLayout
    private lateinit var question: Given
    private lateinit var person: PersonForm
    private lateinit var online: LinearLayout
    private lateinit var invitation: QrView
    private lateinit var asks: TextView
    private lateinit var heard: Field
    private lateinit var made: LinearLayout
    private lateinit var who: TextView
    private lateinit var what: TextView
    private lateinit var words: TextView
    private lateinit var code: QrView
    private lateinit var admit: Button
    private lateinit var next: Button

    override fun title() = getString(R.string.admit)

    override fun makeModel() =
        AdmitModel(desk, (application as ShellApplication).transport).also { it.load() }

    override fun build() {
        val kit = page.kit
        asking = page.content.put(kit.column())
        asking.put(kit.text(getString(R.string.admit_what), Tone.SOFT))
        question = asking.put(Given(kit, getString(R.string.admit_scan)) { scan(QUESTION) })
        buildOnline()
        asking.put(kit.heading(getString(R.string.admit_who)))
        person = asking.put(PersonForm(kit))
        made = page.content.put(kit.column())
        who = made.put(kit.heading(""))
        what = made.put(kit.text(""))
        words = made.put(kit.heading(""))
        code = made.put(QrView(this))
        admit = page.foot.put(
            kit.button(getString(R.string.admit_do), Weight.MAIN, ::admit),
        )
        next = page.foot.put(kit.button(getString(R.string.admit_next)) { again() })
    }

    private fun buildOnline() {
        val kit = page.kit
        online = asking.put(kit.card())
        online.put(kit.heading(getString(R.string.admit_online)))
        online.put(kit.text(getString(R.string.admit_online_what), Tone.SOFT))
        online.put(kit.button(getString(R.string.admit_invite)) { model.invite() })
        invitation = online.put(QrView(this))
        online.put(kit.button(getString(R.string.admit_look)) { model.look() })
        asks = online.put(kit.text(""))
        heard = online.put(kit.field(getString(R.string.admit_heard)))
    }

    override fun show(state: AdmitState) {
        val answered = state.answered
        asking.shown(answered == null)
        made.shown(answered != null)
        admit.shown(answered == null)
        next.shown(answered != null)
        online(state)
        answered?.let { made(state, it) }
        val place = state.trouble?.place
        fun of(name: String) = state.trouble?.takeIf { place == name }?.let(page::words)
        person.fields.forEach { (name, field) -> field.say(of(name)) }
        question.say(of(QUESTION))
        heard.say(of(CODE))
        val places = person.fields.keys + QUESTION + CODE
        say(state.trouble?.takeIf { place !in places })
    }

    private fun online(state: AdmitState) {
        invitation.shown(state.invitation != null)
        state.invitation?.let { invitation.show(it.text, getString(R.string.admit_invitation)) }
        val list = state.asks
        asks.shown(list != null)
        heard.shown(list != null)
        asks.text = when {
            list == null -> ""
            list.rows.isEmpty() -> getString(R.string.admit_nobody)
            else -> list.rows.joinToString("\n") { "· " + page.words(it.words) }
        }
    }

    private fun made(state: AdmitState, answered: AnsweredJoin) {
        who.text = getString(R.string.admit_made, answered.officer.name)
        val told = if (state.isOverHub) R.string.admit_over_hub else R.string.admit_compare
        what.text = getString(told)
        words.text = state.words?.let { page.words(it.zh, it.en) }
        listOf(words, code).forEach { it.shown(!state.isOverHub) }
        code.show(answered.text, getString(R.string.admit_code))
    }

    override fun scanned(purpose: String, text: String) {
        question.scanned(text)
    }

    /** Words that were heard are of a phone at the hub, a code that was scanned of one here. */
    private fun admit() {
        val said = heard.words
        if (said.isNotEmpty()) model.answerOverHub(said, person.request())
        else model.answer(question.words, person.request())
    }

    private fun again() {
        question.clear()
        heard.words = ""
        person.clear()
        model.next()
    }

    private companion object {
        /** The core's names for them: what is wrong is said there. */
        const val QUESTION = "ask"
        const val CODE = "code"
    }
}
