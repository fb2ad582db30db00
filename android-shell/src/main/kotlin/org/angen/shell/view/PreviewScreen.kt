/** A document before it is issued: what would stand in each field; then print, share, make void. */
package org.angen.shell.view

import android.app.Activity
import android.content.Intent
import android.os.Bundle
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
import uniffi.angen_bindings.DocumentPreview
import uniffi.angen_bindings.Form
import uniffi.angen_bindings.PreviewLine

class PreviewScreen : Screen<PreviewState, PreviewModel>() {
    private lateinit var number: LinearLayout
    private lateinit var lines: LinearLayout
    private lateinit var void: LinearLayout
    private lateinit var reason: Field
    private lateinit var share: Button
    private lateinit var print: Button
    private lateinit var hand: LinearLayout
    private lateinit var issue: Button
    private var shown: DocumentPreview? = null

    override fun title() = intent.getStringExtra(TITLE) ?: getString(R.string.preview)

    override fun makeModel(): PreviewModel {
        val given = intent.getBundleExtra(GIVEN) ?: Bundle()
        val words = given.keySet().associateWith { given.getString(it).orEmpty() }
        val form = Form.valueOf(extra(FORM))
        return PreviewModel(desk, extra(DOSSIER), form, intent.getStringExtra(ABOUT), words)
            .also { it.load() }
    }

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
        hand = page.foot.put(kit.beside(share, print))
        issue = page.foot.put(
            kit.button(getString(R.string.papers_print), Weight.MAIN) { model.issue() },
        )
    }

    override fun show(state: PreviewState) {
        number(state)
        if (state.seen != shown) lines(state.seen)
        val stands = state.row != null && state.row.void == null
        void.shown(stands)
        hand.shown(stands)
        print.isEnabled = state.made == null || state.made.pdf != null
        issue.shown(state.canIssue)
        reason.say(state.trouble?.takeIf { it.place == "reason" }?.let(page::words))
        say(state.trouble?.takeIf { it.place != "reason" })
        if (state.trouble != null || state.made == null || state.made.pdf != null) return
        page.tell(getString(R.string.preview_no_pdf), Tone.WARN)
    }

    /** Its number: the one that it has, or the one that it would take. */
    private fun number(state: PreviewState) {
        val (kit, seen) = page.kit to (state.seen ?: return)
        number.removeAllViews()
        val row = state.row
        if (row == null) number.put(kit.text(getString(R.string.preview_draft), Tone.WARN))
        val words = when {
            row != null -> row.number ?: row.provisional
            seen.number != null -> getString(R.string.preview_would, seen.number)
            seen.isProvisional -> getString(R.string.preview_provisional)
            else -> null
        }
        words?.let { number.put(kit.text(it, Tone.SOFT), R.dimen.gap_small) }
        row?.void?.let { number.put(kit.text(getString(R.string.papers_void, it), Tone.BAD)) }
    }

    /** What stands against it first, then every field. */
    private fun lines(seen: DocumentPreview?) {
        val kit = page.kit
        shown = seen
        lines.removeAllViews()
        seen?.lacks.orEmpty().forEach {
            lines.put(kit.text("· " + page.words(it.zh, it.en), Tone.BAD), R.dimen.gap_small)
        }
        seen?.lines.orEmpty().forEach { line ->
            val label = page.words(line.label)
            lines.put(kit.text(label, Tone.SOFT, R.dimen.text_small), R.dimen.gap)
            val (words, tone) = words(line)
            lines.put(kit.text(words, tone), R.dimen.gap_small)
        }
    }

    private fun words(line: PreviewLine): Pair<CharSequence, Tone> = when {
        line.isLacking -> getString(R.string.preview_lacking) to Tone.BAD
        line.text.isEmpty() -> getString(R.string.preview_pen) to Tone.SOFT
        else -> line.text to Tone.PLAIN
    }

    private fun share() = model.hand { files ->
        (files.pdf ?: files.docx)?.let { Handing.share(this, it) }
    }

    /** The system's own dialog shows the pages once more, and knows the printers. */
    private fun print() = model.hand { files ->
        val pdf = files.pdf ?: return@hand
        val service: PrintManager? = getSystemService(PrintManager::class.java)
        if (service?.print(pdf.name, PdfPages(pdf), null) == null) {
            page.tell(getString(R.string.preview_no_printer), Tone.WARN)
        }
    }

    companion object {
        private const val FORM = "form"
        private const val GIVEN = "given"

        /** Looks at a form of a dossier, called [title]; about [about] where there are several. */
        fun open(
            from: Activity,
            title: String,
            dossier: String,
            form: Form,
            about: String?,
            given: Map<String, String>,
        ) {
            val words = Bundle().apply { given.forEach { (key, word) -> putString(key, word) } }
            val intent = Intent(from, PreviewScreen::class.java)
                .putExtra(TITLE, title).putExtra(DOSSIER, dossier).putExtra(FORM, form.name)
                .putExtra(ABOUT, about).putExtra(GIVEN, words)
            from.startActivity(intent)
        }
    }
}
