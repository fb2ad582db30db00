/** On the second officer's own phone: a colleague's code is scanned, read, and signed. */
package org.angen.shell.view

import android.text.InputType
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.model.SignAssentModel
import org.angen.shell.model.SignAssentState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.QrView
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown

class SignAssentScreen : ScanningScreen<SignAssentState, SignAssentModel>() {
    private lateinit var first: LinearLayout
    private lateinit var pasted: Field
    private lateinit var take: Button
    private lateinit var second: LinearLayout
    private lateinit var who: TextView
    private lateinit var told: TextView
    private lateinit var third: LinearLayout
    private lateinit var code: QrView
    private lateinit var refuse: Button
    private lateinit var next: Button

    override fun title() = getString(R.string.assent_sign)

    override fun makeModel() = SignAssentModel(desk)

    override fun build() {
        val kit = page.kit
        first = page.content.put(kit.column())
        first.put(kit.text(getString(R.string.assent_sign_what), Tone.SOFT))
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        pasted = first.put(kit.field(getString(R.string.scan_or_paste), many))
        pasted.edit.maxLines = 3
        take = first.put(kit.button(getString(R.string.assent_read)) { model.take(pasted.words) })
        take.shown(false)
        pasted.onType { take.shown(it.isNotEmpty()) }
        second = page.content.put(kit.column())
        who = second.put(kit.text("", Tone.SOFT))
        told = second.put(kit.text(""))
        third = page.content.put(kit.column())
        third.put(kit.text(getString(R.string.assent_signed_show)))
        code = third.put(QrView(this))
        refuse = page.foot.put(
            kit.button(getString(R.string.assent_sign_not)) { model.discard() },
        )
        next = page.foot.put(kit.button("", Weight.MAIN, ::next))
    }

    override fun show(state: SignAssentState) {
        val (read, signed) = state.told to state.signed
        first.shown(read == null)
        second.shown(read != null && signed == null)
        third.shown(signed != null)
        refuse.shown(read != null && signed == null)
        next.text = getString(
            when {
                signed != null -> R.string.assent_signed_done
                read != null -> R.string.assent_sign_do
                else -> R.string.assent_scan
            },
        )
        read?.let {
            val by = it.byName ?: getString(R.string.assent_by_unknown)
            who.text = getString(R.string.assent_by, by, desk.worker?.name ?: "—")
            told.text = Labels.told(this, it)
        }
        signed?.let { code.show(it.text, getString(R.string.assent_code)) }
        say(state.trouble)
    }

    private fun next() {
        val state = model.state
        when {
            state.signed != null -> finish()
            state.told != null -> model.sign()
            else -> scan(REQUEST)
        }
    }

    override fun scanned(purpose: String, text: String) = model.take(text)

    private companion object {
        const val REQUEST = "request"
    }
}
