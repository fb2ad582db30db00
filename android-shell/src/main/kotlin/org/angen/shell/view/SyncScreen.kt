/** Sync: what has no receipt yet, in numbers, and one button that may be pressed again. */
package org.angen.shell.view

import android.text.InputType
import android.widget.Button
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.host.ShellApplication
import org.angen.shell.model.SyncModel
import org.angen.shell.model.SyncScreenState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import uniffi.angen_bindings.SyncState

class SyncScreen : Screen<SyncScreenState, SyncModel>() {
    private lateinit var numbers: TextView
    private lateinit var contact: TextView
    private lateinit var step: TextView
    private lateinit var hub: Field
    private lateinit var run: Button
    private lateinit var stop: Button

    override fun title() = getString(R.string.sync)

    override fun makeModel(): SyncModel {
        val phone = application as ShellApplication
        return SyncModel(desk, phone.transport, phone.network::now).also { it.load() }
    }

    override fun build() {
        val kit = page.kit
        val card = page.content.put(kit.card())
        numbers = card.put(kit.text(""))
        contact = card.put(kit.text("", Tone.SOFT))
        page.content.put(kit.text(getString(R.string.sync_safe), Tone.SOFT))
        val address = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_VARIATION_URI
        hub = page.content.put(kit.field(getString(R.string.sync_hub), address))
        step = page.content.put(kit.text(""))
        step.accessibilityLiveRegion = android.view.View.ACCESSIBILITY_LIVE_REGION_POLITE
        stop = page.foot.put(kit.button(getString(R.string.sync_stop)) { model.stop() })
        run = page.foot.put(
            kit.button(getString(R.string.sync_run), Weight.MAIN) { model.run(hub.words) },
        )
    }

    override fun show(state: SyncScreenState) {
        if (state.isOrderedEmpty && !isFinishing) startAnew(WipeScreen::class.java)
        run.shown(!state.isRunning)
        stop.shown(state.isRunning)
        state.sync?.let(::numbers)
        val now = state.step
        step.shown(now != null)
        if (now != null) step.text = getString(R.string.sync_step, now.done.toInt(), now.of.toInt())
        hub.say(state.trouble?.takeIf { it.place == "hub" }?.let(page::words))
        say(state.trouble?.takeIf { it.place != "hub" })
        val done = state.done ?: return
        val words = getString(R.string.sync_done, done.sentOps.toInt(), done.receipts.toInt())
        page.tell(words, Tone.GOOD)
    }

    private fun numbers(sync: SyncState) {
        val counts = sync.counts
        numbers.text = getString(
            R.string.sync_numbers,
            counts.records.toInt(),
            counts.filesReceipted.toInt(),
            counts.files.toInt(),
        )
        contact.text = sync.contact?.let { getString(R.string.sync_met, Labels.time(it.metAtMs)) }
            ?: getString(R.string.sync_never)
        if (hub.words.isEmpty()) hub.words = sync.hub.orEmpty()
    }
}
