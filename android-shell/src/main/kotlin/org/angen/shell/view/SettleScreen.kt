/** The first screen after the start: who works, or, on a new phone, whose phone this is. */
package org.angen.shell.view

import android.text.InputType
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.model.SettleModel
import org.angen.shell.model.SettleState
import org.angen.shell.model.Start
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import uniffi.angen_bindings.Establish

class SettleScreen : Screen<SettleState, SettleModel>() {
    private lateinit var fields: Map<String, Field>
    private lateinit var again: Field
    private lateinit var emptied: TextView

    override val needsWorker = false

    override fun title() = getString(R.string.app_name)

    override fun makeModel() = SettleModel(desk).also { it.look() }

    override fun build() {
        val kit = page.kit
        emptied = page.content.put(kit.text(getString(R.string.wipe_finished), Tone.GOOD))
        page.content.put(kit.text(getString(R.string.settle_what), Tone.SOFT))
        val digits = InputType.TYPE_CLASS_NUMBER
        val pin = digits or InputType.TYPE_NUMBER_VARIATION_PASSWORD
        fields = mapOf(
            "area" to kit.field(getString(R.string.settle_area), digits),
            "township" to kit.field(getString(R.string.settle_township)),
            "organisation" to kit.field(getString(R.string.settle_organisation)),
            "administrator" to kit.field(getString(R.string.settle_administrator)),
            "pin" to kit.field(getString(R.string.pin_new), pin),
        )
        fields.values.forEach { page.content.put(it) }
        again = page.content.put(kit.field(getString(R.string.pin_again), pin))
        page.foot.put(
            kit.button(getString(R.string.join_instead)) { go(JoinScreen::class.java) },
        )
        page.foot.put(kit.button(getString(R.string.settle_do), Weight.MAIN, ::settle))
    }

    override fun show(state: SettleState) {
        if (state.start == Start.EMPTY) leave(WipeScreen::class.java)
        if (state.start == Start.SIGN_IN) leave(SignInScreen::class.java, HOME to HOME)
        if (state.isDone) leave(TodayScreen::class.java)
        emptied.shown(state.wasEmptied)
        val place = state.trouble?.place
        fields.forEach { (name, field) ->
            field.say(state.trouble?.takeIf { name == place }?.let(page::words))
        }
        say(state.trouble.takeIf { place !in fields })
    }

    private fun settle() {
        fun words(name: String) = fields.getValue(name).words
        val request = Establish(
            area = words("area"),
            township = words("township"),
            organisation = words("organisation"),
            administrator = words("administrator"),
        )
        model.settle(request, words("pin"), again.words)
    }

    private fun leave(screen: Class<*>, vararg extras: Pair<String, String>) {
        if (isFinishing) return
        go(screen, *extras)
        finish()
    }
}
