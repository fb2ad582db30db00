/** The phone is emptied by order: by whom and why, what is lost, and then the first screen anew. */
package org.angen.shell.view

import android.content.Intent
import android.view.View
import android.widget.Button
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.host.ShellApplication
import org.angen.shell.model.Emptied
import org.angen.shell.model.WipeModel
import org.angen.shell.model.WipeState
import org.angen.shell.model.WipeStep
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import uniffi.angen_bindings.OrderedWipeView
import uniffi.angen_bindings.WipeView

class WipeScreen : Screen<WipeState, WipeModel>() {
    private lateinit var what: TextView
    private lateinit var order: TextView
    private lateinit var lost: TextView
    private lateinit var step: TextView
    private lateinit var again: Button
    private lateinit var anew: Button

    override val needsWorker = false

    private val phone get() = application as ShellApplication

    override fun title() = getString(R.string.wipe)

    override fun makeModel() = WipeModel(desk, phone.emptying()).also { it.obey() }

    override fun build() {
        val kit = page.kit
        val card = page.content.put(kit.card())
        what = card.put(kit.heading(""))
        order = card.put(kit.text("", Tone.SOFT))
        lost = page.content.put(kit.text(""))
        step = page.content.put(kit.text("", size = R.dimen.text_big))
        step.accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        again = page.foot.put(kit.button(getString(R.string.wipe_again)) { model.obey() })
        anew = page.foot.put(
            kit.button(getString(R.string.wipe_anew), Weight.MAIN) { goOn(model.state.emptied) },
        )
    }

    override fun show(state: WipeState) {
        state.ordered?.let(::ordered)
        val report = state.emptied?.lost ?: state.ordered?.report
        // Where the others work on, their database stays, and all that is in it.
        lost.shown(state.ordered?.everything == true)
        report?.let { lost(it, state.emptied != null) }
        step.text = when (state.step) {
            WipeStep.LOOKING -> ""
            WipeStep.SENDING -> getString(R.string.wipe_sending)
            WipeStep.EMPTYING -> getString(R.string.wipe_emptying)
            WipeStep.DONE -> done(state.emptied)
            WipeStep.OVER -> getString(R.string.wipe_over)
        }
        again.shown(state.trouble != null)
        anew.shown(!model.isUnderWay)
        val isEmptied = state.emptied?.lost?.isEmptied == true
        anew.text = getString(if (isEmptied) R.string.wipe_anew else R.string.wipe_go_on)
        // The sentence alone: a key that is closed opens no way out of here.
        page.say(state.trouble)
    }

    /** Nothing leads back to the work while the order stands. */
    @Deprecated("The platform's own way; AndroidX is not used.")
    override fun onBackPressed() {
        if (!model.isUnderWay) goOn(model.state.emptied)
    }

    private fun ordered(ordered: OrderedWipeView) {
        val names = ordered.names.joinToString("、")
        what.text = when {
            ordered.everything -> getString(R.string.wipe_everything)
            else -> getString(R.string.wipe_keys, names)
        }
        order.text = getString(
            R.string.wipe_order,
            ordered.orderedBy,
            Labels.time(ordered.order.wallMs),
            ordered.order.reason,
        )
    }

    private fun lost(report: WipeView, isGone: Boolean) {
        val (ops, files) = report.unsentOps.toInt() to report.unsentFiles.toInt()
        val words = when {
            ops + files == 0 -> R.string.wipe_all_sent
            isGone -> R.string.wipe_lost
            else -> R.string.wipe_unsent
        }
        lost.text = getString(words, ops, files)
        lost.setTextColor(page.kit.color((if (ops + files == 0) Tone.GOOD else Tone.BAD).color))
    }

    private fun done(emptied: Emptied?) = when (emptied?.lost?.isEmptied) {
        true -> getString(R.string.wipe_done)
        else -> getString(R.string.wipe_keys_done, emptied?.ordered?.names.orEmpty().joinToString("、"))
    }

    private fun goOn(emptied: Emptied?) {
        if (emptied?.lost?.isEmptied == true) phone.beginAnew()
        startAnew(SettleScreen::class.java)
    }
}

/** Goes to a screen, and leaves none behind. */
fun Screen<*, *>.startAnew(screen: Class<*>) {
    val flags = Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TASK
    startActivity(Intent(this, screen).addFlags(flags))
    finish()
}
