/** A piece of evidence: what is seen or heard, its digest, who captured it; and taking it back. */
package org.angen.shell.view

import android.content.ActivityNotFoundException
import android.content.Intent
import android.graphics.BitmapFactory
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import java.io.File
import org.angen.shell.R
import org.angen.shell.host.TrayProvider
import org.angen.shell.model.EvidenceModel
import org.angen.shell.model.EvidenceState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import uniffi.angen_bindings.EvidenceRow

class EvidenceScreen : Screen<EvidenceState, EvidenceModel>() {
    private lateinit var seen: ImageView
    private lateinit var facts: LinearLayout
    private lateinit var back: LinearLayout
    private lateinit var reason: Field
    private lateinit var comment: Button
    private lateinit var open: Button
    private var shown: File? = null

    override fun title() = getString(R.string.evidence)

    override fun makeModel() =
        EvidenceModel(desk, extra(DOSSIER), extra(ABOUT)).also { it.load() }

    override fun build() {
        val kit = page.kit
        seen = page.content.put(ImageView(this))
        seen.adjustViewBounds = true
        seen.maxHeight = resources.displayMetrics.heightPixels / 2
        facts = page.content.put(kit.column())
        back = page.content.put(kit.card())
        back.put(kit.heading(getString(R.string.retract)))
        back.put(kit.text(getString(R.string.retract_what), Tone.SOFT))
        reason = back.put(kit.field(getString(R.string.retract_why)))
        back.put(
            kit.button(getString(R.string.retract), Weight.GRAVE) { model.retract(reason.words) },
        )
        comment = page.foot.put(
            kit.button(getString(R.string.teaching_comment), Weight.MAIN, ::comment),
        )
        open = kit.button(getString(R.string.evidence_open), press = ::open)
        val note = kit.button(getString(R.string.evidence_note)) {
            go(NoteScreen::class.java, DOSSIER to model.dossier, ABOUT to model.evidence)
        }
        page.foot.put(kit.beside(note, open))
    }

    override fun show(state: EvidenceState) {
        val row = state.row
        facts.removeAllViews()
        row?.let(::facts)
        if (state.file != shown) picture(state.file)
        seen.contentDescription = row?.caption
        open.isEnabled = state.file != null
        comment.shown(state.visit != null && row != null && desk.worker?.isMentor == true)
        back.shown(row != null && !row.isRetracted && desk.worker?.isMentor == false)
        reason.say(state.trouble?.takeIf { it.place == "reason" }?.let(page::words))
        say(state.trouble?.takeIf { it.place != "reason" })
    }

    private fun facts(row: EvidenceRow) {
        val kit = page.kit
        facts.put(kit.heading(row.caption, R.dimen.text_body))
        if (row.isRetracted) facts.put(kit.text(getString(R.string.retracted), Tone.BAD))
        if (!row.isHere) facts.put(kit.text(getString(R.string.evidence_elsewhere), Tone.WARN))
        val who = listOfNotNull(row.capturedBy, Labels.time(row.capturedMs)).joinToString("　")
        val receipt = if (row.isReceipted) R.string.evidence_receipt else R.string.no_receipt
        listOfNotNull(who, row.method, getString(receipt)).forEach {
            facts.put(kit.text(it, Tone.SOFT, R.dimen.text_small), R.dimen.gap_small)
        }
        val digest = row.sha256.chunked(DIGEST_GROUP).joinToString(" ")
        val words = getString(R.string.evidence_digest, digest)
        facts.put(kit.text(words, Tone.SOFT, R.dimen.text_small), R.dimen.gap_small)
    }

    /** A small copy for the eye; what is no picture is opened by another app. */
    private fun picture(file: File?) {
        shown = file
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        file?.let { BitmapFactory.decodeFile(it.path, size) }
        val small = BitmapFactory.Options().apply {
            inSampleSize = (size.outWidth / resources.displayMetrics.widthPixels).coerceAtLeast(1)
        }
        val picture = file?.takeIf { size.outWidth > 0 }
        seen.setImageBitmap(picture?.let { BitmapFactory.decodeFile(it.path, small) })
        seen.shown(picture != null)
    }

    private fun open() = model.handOut { file ->
        val uri = TrayProvider.uriOf(this, file)
        val view = Intent(Intent.ACTION_VIEW).setDataAndType(uri, model.state.row?.mime)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        try {
            startActivity(view)
        } catch (_: ActivityNotFoundException) {
            page.tell(getString(R.string.evidence_no_app), Tone.WARN)
        }
    }

    /** A mentor says something about this very photo. */
    private fun comment() {
        val (visit, row) = (model.state.visit ?: return) to (model.state.row ?: return)
        go(
            TeachingScreen::class.java,
            DOSSIER to visit,
            TeachingScreen.PLACE to model.dossier,
            ABOUT to row.evidence,
            TITLE to row.caption,
        )
    }

    override fun onDestroy() {
        // A turn of the phone keeps the model and its copy; whoever leaves leaves nothing behind.
        if (!isChangingConfigurations && ::model.isInitialized) model.close()
        super.onDestroy()
    }

    private companion object {
        /** A digest that is read aloud goes in groups. */
        const val DIGEST_GROUP = 8
    }
}
