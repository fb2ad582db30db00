/** Sign in and hand over: a name is pressed, then six digits that a glove can hit. */
package org.angen.shell.view

import android.util.TypedValue.COMPLEX_UNIT_PX
import android.view.View
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.model.PIN_DIGITS
import org.angen.shell.model.SignInModel
import org.angen.shell.model.SignInState
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.put
import uniffi.angen_bindings.KeyHolder
import uniffi.angen_bindings.Role

class SignInScreen : Screen<SignInState, SignInModel>() {
    private lateinit var who: LinearLayout
    private lateinit var pad: LinearLayout
    private lateinit var name: TextView
    private lateinit var dots: TextView
    private lateinit var join: Button
    private var listed: List<KeyHolder>? = null

    override val needsWorker = false

    override fun title() = getString(R.string.sign_in)

    override fun makeModel() = SignInModel(desk).also { it.load() }

    override fun build() {
        who = page.content.put(page.kit.column())
        pad = page.kit.column()
        name = pad.put(page.kit.heading(""))
        dots = pad.put(page.kit.text("", size = R.dimen.text_title))
        for (row in listOf("123", "456", "789")) {
            val keys = row.map { digit -> key(digit.toString()) { model.press(digit) } }
            pad.put(page.kit.beside(*keys.toTypedArray(), always = true))
        }
        val back = key(getString(R.string.back)) { model.back() }
        val rub = key("⌫") { model.rub() }
        rub.contentDescription = getString(R.string.rub)
        pad.put(page.kit.beside(back, key("0") { model.press('0') }, rub, always = true))
        join = page.foot.put(
            page.kit.button(getString(R.string.join_further)) { go(JoinScreen::class.java) },
        )
        page.foot.put(pad)
    }

    override fun show(state: SignInState) {
        if (state.isOpen && !isFinishing) {
            if (intent.hasExtra(HOME)) go(TodayScreen::class.java)
            finish()
        }
        val chosen = state.chosen
        who.visibility = if (chosen == null) View.VISIBLE else View.GONE
        pad.visibility = if (chosen == null) View.GONE else View.VISIBLE
        join.visibility = who.visibility
        if (listed != state.officers) list(state.officers)
        name.text = chosen?.let { getString(R.string.pin_of, it.name) }
        dots.text = "●".repeat(state.typed.length) + "○".repeat(PIN_DIGITS - state.typed.length)
        dots.contentDescription =
            resources.getQuantityString(R.plurals.digits, state.typed.length, state.typed.length)
        page.say(state.trouble)
    }

    private fun list(officers: List<KeyHolder>) {
        listed = officers
        who.removeAllViews()
        who.put(page.kit.heading(getString(R.string.who_works)))
        officers.forEach { officer ->
            val number = officer.certificateNo
            val certificate = when {
                officer.isRevoked -> getString(R.string.officer_revoked) to Tone.BAD
                officer.role == null -> getString(R.string.role_administrator) to Tone.SOFT
                officer.role == Role.MENTOR -> getString(R.string.role_mentor) to Tone.SOFT
                officer.role == Role.ASSISTANT -> getString(R.string.role_assistant) to Tone.SOFT
                !officer.isListed -> getString(R.string.officer_not_listed) to Tone.SOFT
                number == null -> getString(R.string.officer_no_certificate) to Tone.SOFT
                officer.isCertified -> getString(R.string.officer_certified, number) to Tone.SOFT
                else -> getString(R.string.officer_run_out, number) to Tone.WARN
            }
            val lines = listOf(officer.organisation to Tone.SOFT, certificate)
            who.put(page.kit.row(officer.name, lines) { model.choose(officer) })
        }
    }

    private fun key(words: String, press: () -> Unit): Button {
        val key = page.kit.button(words, press = press)
        key.setTextSize(COMPLEX_UNIT_PX, resources.getDimension(R.dimen.text_big))
        key.minHeight = page.kit.px(R.dimen.answer_min)
        return key
    }
}
