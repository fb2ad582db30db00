/** A document before it is signed: what stands in each field, then print, share, or make void. */
package org.angen.shell.view

import android.print.PrintManager
import android.text.InputType
import android.widget.Button
import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.host.PdfPages
import org.angen.shell.model.PreviewModel
import org.angen.shell.model.PreviewState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown

class PreviewScreen : Screen<PreviewState, PreviewModel>() {
    private lateinit var number: LinearLayout
    private lateinit var lines: LinearLayout
    private lateinit var void: LinearLayout
    private lateinit var reason: Field
    private lateinit var share: Button
    private lateinit var print: Button

    override fun title() = intent.getStringExtra(TITLE) ?: getString(R.string.preview)

    override fun makeModel() =
        PreviewModel(desk, extra(DOSSIER), extra(ABOUT), extra(STEM)).also { it.load() }

    override fun build() {
        val kit = page.kit
        number = page.head.put(kit.column())
        lines = page.content.put(kit.column())
        void = page.content.put(kit.card())
        void.put(kit.heading(getString(R.string.preview_void)))
        void.put(kit.text(getString(R.string.preview_void_what), Tone.SOFT))
        reason = void.put(
            kit.field(getString(R.string.preview_void_why), InputType.TYPE_CLASS_TEXT),
        )
        void.put(
            kit.button(getString(R.string.preview_void), Weight.GRAVE) { model.void(reason.words) },
        )
        share = kit.button(getString(R.string.preview_share), press = ::share)
        print = kit.button(getString(R.string.preview_print), Weight.MAIN, ::print)
        page.foot.put(kit.beside(share, print))
    }

    override fun show(state: PreviewState) {
        val kit = page.kit
        number.removeAllViews()
        state.row?.let { row ->
            val words = row.number ?: row.provisional
            if (words != null) number.put(kit.text(words, Tone.SOFT))
            row.void?.let {
                number.put(kit.text(getString(R.string.papers_void, it), Tone.BAD))
            }
        }
        lines.removeAllViews()
        state.lines.forEach { line ->
            val label = page.words(line.zh, line.en)
            lines.put(kit.text(label, Tone.SOFT, R.dimen.text_small), R.dimen.gap)
            lines.put(kit.text(line.words), R.dimen.gap_small)
        }
        val stands = state.row != null && state.row.void == null
        void.shown(stands)
        share.isEnabled = stands && (state.pdf ?: state.docx) != null
        print.isEnabled = stands && state.pdf != null
        reason.say(state.trouble?.takeIf { it.place == "reason" }?.let(page::words))
        say(state.trouble?.takeIf { it.place != "reason" })
        if (state.trouble != null || state.lines.isEmpty() || state.pdf != null) return
        page.tell(getString(R.string.preview_no_pdf), Tone.WARN)
    }

    private fun share() {
        val file = model.state.pdf ?: model.state.docx
        file?.let { Handing.share(this, it) }
    }

    /** The system's own dialog shows the pages once more, and knows the printers. */
    private fun print() {
        val pdf = model.state.pdf ?: return
        val service: PrintManager? = getSystemService(PrintManager::class.java)
        if (service?.print(pdf.name, PdfPages(pdf), null) != null) return
        page.tell(getString(R.string.preview_no_printer), Tone.WARN)
    }

    companion object {
        /** The path of the document's files without their endings. */
        const val STEM = "stem"
    }
}
