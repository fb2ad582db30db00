/** Asks the second officer's own phone to assent: a code to show, and one to scan. */
package org.angen.shell.view

import android.text.InputType
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.model.AssentModel
import org.angen.shell.model.AssentState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.QrView
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown

class AssentScreen : ScanningScreen<AssentState, AssentModel>() {
    private lateinit var asking: LinearLayout
    private lateinit var code: QrView
    private lateinit var told: TextView
    private lateinit var pasted: Field
    private lateinit var take: Button
    private lateinit var scanIt: Button

    override fun title() = getString(R.string.assent_away)

    override fun makeModel() = AssentModel(desk, extra(DOSSIER)).also { it.load() }

    override fun build() {
        val kit = page.kit
        asking = page.content.put(kit.column())
        asking.put(kit.text(getString(R.string.assent_show), Tone.SOFT))
        code = asking.put(QrView(this))
        told = asking.put(kit.text(""))
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        pasted = asking.put(kit.field(getString(R.string.scan_or_paste), many))
        pasted.edit.maxLines = 3
        take = asking.put(kit.button(getString(R.string.assent_take)) { model.carry(pasted.words) })
        take.shown(false)
        pasted.onType { take.shown(it.isNotEmpty()) }
        scanIt = page.foot.put(
            kit.button(getString(R.string.assent_scan_back), Weight.MAIN) { scan(SIGNED) },
        )
        page.foot.put(kit.button(getString(R.string.back)) { finish() })
    }

    override fun show(state: AssentState) {
        val asked = state.asked
        asking.shown(asked != null)
        scanIt.shown(asked != null)
        if (asked != null) {
            code.show(asked.text, getString(R.string.assent_code))
            told.text = Labels.told(this, asked.told)
        }
        say(state.trouble)
        val carried = state.carried
        if (state.trouble == null && carried != null) {
            val count = carried.assented.toInt()
            val words = R.plurals.assent_carried
            page.tell(resources.getQuantityString(words, count, carried.name, count), Tone.GOOD)
        }
    }

    override fun scanned(purpose: String, text: String) = model.carry(text)

    private companion object {
        const val SIGNED = "signed"
    }
}
