/** Bundles: to whom, onto a stick or the share sheet; and what a file brings that came in. */
package org.angen.shell.view

import android.content.Intent
import android.view.View
import android.widget.Button
import android.widget.LinearLayout
import java.io.File
import org.angen.shell.R
import org.angen.shell.model.BundleModel
import org.angen.shell.model.BundleState
import org.angen.shell.model.Trouble
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.ExportedBundle
import uniffi.angen_bindings.Imported
import uniffi.angen_bindings.Reader

class BundleScreen : Screen<BundleState, BundleModel>() {
    private lateinit var came: LinearLayout
    private lateinit var readers: LinearLayout
    private lateinit var made: LinearLayout
    private lateinit var hand: View
    private lateinit var write: Button

    override fun title() = getString(R.string.bundle)

    override fun makeModel() = BundleModel(desk).also { it.load() }

    override fun build() {
        val kit = page.kit
        page.content.put(kit.text(getString(R.string.bundle_what), Tone.SOFT))
        came = page.content.put(kit.column())
        page.content.put(kit.heading(getString(R.string.bundle_readers)))
        readers = page.content.put(kit.column())
        made = page.foot.put(kit.column())
        val stick = kit.button(getString(R.string.bundle_stick), Weight.MAIN, ::toStick)
        val share = kit.button(getString(R.string.preview_share), Weight.MAIN) {
            model.state.made?.let { Handing.share(this, it) }
        }
        hand = page.foot.put(kit.beside(stick, share, always = true))
        val take = kit.button(getString(R.string.bundle_take), press = ::choose)
        write = kit.button(getString(R.string.bundle_write), Weight.MAIN) { model.write() }
        page.foot.put(kit.beside(take, write))
    }

    override fun show(state: BundleState) {
        came.removeAllViews()
        state.came?.let { came(state.name, it) }
        readers.removeAllViews()
        state.readers.forEach { readers.put(reader(state, it), R.dimen.gap_small) }
        if (state.next != null) {
            readers.put(page.kit.button(getString(R.string.show_more)) { model.more() })
        }
        made.removeAllViews()
        state.exported?.let { made(it) }
        hand.shown(state.made != null)
        made.shown(state.made != null)
        write.shown(state.made == null)
        write.isEnabled = state.chosen.isNotEmpty() && !state.isBusy
        say(state.trouble)
    }

    private fun reader(state: BundleState, reader: Reader): Button {
        val isChosen = reader.certificate in state.chosen
        val kind = if (reader.isHub) getString(R.string.bundle_hub) else reader.organisation
        val words = "${if (isChosen) "✓ " else ""}${reader.name}　$kind"
        return page.kit.button(words) { model.toggle(reader.certificate) }
            .apply { weigh(page.kit, isChosen) }
    }

    private fun made(exported: ExportedBundle) {
        val kit = page.kit
        val who = exported.readers.joinToString("、")
        val words = getString(
            R.string.bundle_made, exported.ops.toInt(), exported.blobs.toInt(), who,
        )
        made.put(kit.text(words, Tone.GOOD))
        val kept = exported.keptBack.size
        if (kept > 0) {
            val back = resources.getQuantityString(R.plurals.bundle_kept_back, kept, kept)
            made.put(kit.text(back, Tone.WARN), R.dimen.gap_small)
        }
        contradicted(made, exported.contradicted)
    }

    private fun came(name: String?, file: Imported) {
        val kit = page.kit
        val card = came.put(kit.card())
        name?.let { card.put(kit.text(it, Tone.SOFT, R.dimen.text_small)) }
        val isNew = file.newOps + file.newBlobs + file.receipts + file.refusals > 0u
        val head = if (isNew) R.string.bundle_came else R.string.bundle_nothing_new
        card.put(kit.heading(getString(head), R.dimen.text_body))
        val counts = getString(
            R.string.bundle_counts,
            file.newOps.toInt(), file.newBlobs.toInt(), file.receipts.toInt(),
        )
        card.put(kit.text(counts))
        val grave = listOf(
            file.refusals to R.string.bundle_refusals,
            file.absentBlobs to R.string.bundle_absent,
            file.unprovedReceipts to R.string.bundle_unproved,
        )
        grave.filter { it.first > 0u }.forEach { (count, words) ->
            card.put(kit.text(getString(words, count.toInt()), Tone.WARN), R.dimen.gap_small)
        }
        contradicted(card, file.contradicted)
    }

    /** A hub that shows two pasts is told in any case, on whatever way it came out. */
    private fun contradicted(list: LinearLayout, logs: List<String>) = logs.forEach {
        list.put(page.kit.text(getString(R.string.bundle_contradicted, it), Tone.BAD))
    }

    private fun choose() {
        if (!Handing.choose(this, CHOOSE)) nobody()
    }

    private fun toStick() {
        val file = model.state.made ?: return
        if (!Handing.place(this, file.name, STICK)) nobody()
    }

    private fun nobody() =
        page.say(Trouble(getString(R.string.no_files), getString(R.string.no_files)))

    @Deprecated("The platform's own way; AndroidX is not used.")
    override fun onActivityResult(what: Int, result: Int, data: Intent?) {
        val uri = data?.data
        if (result != RESULT_OK || uri == null || !::model.isInitialized) return
        if (what == CHOOSE) {
            val copy = File(desk.tray, "take-${System.nanoTime()}.angenb")
            Handing.copyIn(this, desk, uri, copy) { copied ->
                copied.onSuccess { model.take(it, Handing.nameOf(uri)) }
                copied.onFailure(model::failed)
            }
        }
        val made = model.state.made
        if (what == STICK && made != null) {
            Handing.copyOut(this, desk, made, uri) { copied ->
                copied.onSuccess {
                    page.tell(getString(R.string.bundle_on_stick, made.name), Tone.GOOD)
                }
                copied.onFailure(model::failed)
            }
        }
    }

    private companion object {
        const val CHOOSE = 1
        const val STICK = 2
    }
}
