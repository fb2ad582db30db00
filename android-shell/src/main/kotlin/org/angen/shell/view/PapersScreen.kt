/** Documents and packages: what lacks is told before anything is looked at, and then issued. */
package org.angen.shell.view

import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.model.Before
import org.angen.shell.model.PapersModel
import org.angen.shell.model.PapersState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.DocumentRow
import uniffi.angen_bindings.Form
import uniffi.angen_bindings.LackView

class PapersScreen : Screen<PapersState, PapersModel>() {
    private lateinit var forms: Map<Form, Button>
    private lateinit var lacks: LinearLayout
    private var shownBefore: Before? = null
    private var shownLacks: List<LackView>? = null
    private lateinit var before: LinearLayout
    private lateinit var first: TextView
    private lateinit var step: Button
    private lateinit var numbers: LinearLayout
    private lateinit var region: Field
    private lateinit var list: LinearLayout
    private lateinit var recipient: Field
    private lateinit var purpose: Field
    private lateinit var look: Button
    private lateinit var share: Button

    override fun title() = getString(R.string.papers)

    override fun makeModel() = PapersModel(desk, extra(DOSSIER))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        page.content.put(kit.heading(getString(R.string.papers_form)))
        forms = Form.entries.associateWith { form ->
            kit.button(getString(title(form))) { model.choose(form) }
        }
        forms.values.forEach { page.content.put(it, R.dimen.gap_small) }
        before = page.content.put(kit.card())
        first = before.put(kit.text("", Tone.WARN))
        step = before.put(kit.button("", Weight.MAIN, ::step))
        lacks = page.content.put(kit.column())
        numbers = page.content.put(kit.card())
        numbers.put(kit.heading(getString(R.string.numbers), R.dimen.text_body))
        numbers.put(kit.text(getString(R.string.numbers_what), Tone.SOFT))
        region = numbers.put(kit.field(getString(R.string.numbers_region)))
        numbers.put(
            kit.button(getString(R.string.numbers_reserve)) { model.reserve(region.words) },
        )
        list = page.content.put(kit.column())
        val card = page.content.put(kit.card())
        card.put(kit.heading(getString(R.string.papers_package)))
        card.put(kit.text(getString(R.string.papers_package_what), Tone.SOFT))
        recipient = card.put(kit.field(getString(R.string.papers_recipient)))
        purpose = card.put(kit.field(getString(R.string.papers_purpose)))
        card.put(
            kit.button(getString(R.string.papers_export)) {
                model.export(recipient.words, purpose.words)
            },
        )
        share = page.foot.put(
            kit.button(getString(R.string.papers_share)) {
                model.state.ready?.let { Handing.share(this, it) }
            },
        )
        look = page.foot.put(
            kit.button(getString(R.string.papers_look), Weight.MAIN) {
                model.state.form?.let { look(it, null, model.state.given) }
            },
        )
    }

    override fun show(state: PapersState) {
        forms.forEach { (form, button) -> button.weigh(page.kit, form == state.form) }
        if (state.lacks != shownLacks) lacks(state)
        numbers.shown(state.needsNumbers)
        before.shown(state.before != null)
        state.before?.let(::before)
        if (state.before != null && shownBefore != state.before) page.reveal(before)
        shownBefore = state.before
        look.shown(state.form != null && state.before == null)
        share.shown(state.ready != null)
        list.removeAllViews()
        state.documents.forEach { list.put(row(it)) }
        region.say(state.trouble?.takeIf { it.place == "series" }?.let(page::words))
        say(state.trouble?.takeIf { it.place != "series" })
        val ready = state.ready ?: return
        page.tell(getString(R.string.papers_ready, ready.name), Tone.GOOD)
    }

    /** What stands against it; what only a person can say has its field below its sentence. */
    private fun lacks(state: PapersState) {
        val kit = page.kit
        lacks.removeAllViews()
        shownLacks = state.lacks
        val told = state.lacks ?: return
        page.reveal(lacks)
        if (told.isEmpty()) lacks.put(kit.text(getString(R.string.nothing_missing), Tone.GOOD))
        val fields = mutableMapOf<String, Field>()
        told.forEach {
            val words = page.words(it.zh, it.en)
            if (it in state.asked) {
                fields[it.place] = lacks.put(kit.field(words))
            } else {
                lacks.put(kit.text("· $words", Tone.BAD), R.dimen.gap_small)
            }
        }
        if (fields.isEmpty()) return
        lacks.put(
            kit.button(getString(R.string.papers_fill)) {
                model.give(fields.mapValues { (_, field) -> field.words })
            },
        )
    }

    private fun row(row: DocumentRow) = page.kit.row(
        page.words(row.titleZh, row.titleEn),
        listOfNotNull(
            (row.number ?: row.provisional).orEmpty() to Tone.PLAIN,
            Labels.time(row.madeAtMs) to Tone.SOFT,
            row.void?.let { getString(R.string.papers_void, it) to Tone.BAD },
        ),
    ) { if (row.void == null) form(row)?.let { look(it, row.about, emptyMap()) } }

    private fun form(row: DocumentRow): Form? =
        Form.entries.find { it.name.lowercase().replace('_', '-') == row.form }

    /** A form that has nothing to be about leads to the step that gives it. */
    private fun before(before: Before) {
        val (words, button) = when (before) {
            Before.ORDER -> R.string.papers_before_order to R.string.order
            Before.RECHECK -> R.string.papers_before_recheck to R.string.follow_up
        }
        first.text = getString(words)
        step.text = getString(button)
    }

    private fun step() {
        val screen = when (model.state.before ?: return) {
            Before.ORDER -> OrderScreen::class.java
            Before.RECHECK -> FollowUpScreen::class.java
        }
        go(screen, DOSSIER to model.dossier)
    }

    private fun look(form: Form, about: String?, given: Map<String, String>) =
        PreviewScreen.open(this, getString(title(form)), model.dossier, form, about, given)

    private fun title(form: Form): Int = when (form) {
        Form.INSPECTION_NOTICE -> R.string.form_inspection_notice
        Form.SITE_RECORD -> R.string.form_site_record
        Form.CORRECTION_ORDER -> R.string.form_correction_order
        Form.RECHECK_OPINION -> R.string.form_recheck_opinion
        Form.INTERVIEW_RECORD -> R.string.form_interview_record
        Form.FILING_APPROVAL -> R.string.form_filing_approval
        Form.EVIDENCE_PAGES -> R.string.form_evidence_pages
    }
}
