/** A text from another device: scanned by the camera, or pasted where there is none. */
package org.angen.shell.view.kit

import android.text.InputType
import android.widget.LinearLayout
import org.angen.shell.R

class Given(kit: Kit, label: CharSequence, scan: () -> Unit) : LinearLayout(kit.context) {
    private val done = kit.text(context.getString(R.string.scan_done), Tone.GOOD)
    private val pasted: Field
    private var scanned = ""

    init {
        orientation = VERTICAL
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE or
            InputType.TYPE_TEXT_FLAG_NO_SUGGESTIONS
        put(kit.button(label, press = scan))
        put(done, R.dimen.gap_small)
        done.accessibilityLiveRegion = ACCESSIBILITY_LIVE_REGION_POLITE
        pasted = put(kit.field(context.getString(R.string.scan_or_paste), many), R.dimen.gap_small)
        pasted.edit.minLines = 1
        pasted.edit.maxLines = 3
        // What is pasted afterwards is meant; the signs of a code are nothing to look at.
        pasted.onType { if (it.isNotEmpty()) show("") }
        show("")
    }

    /** What was scanned, or else what was pasted. */
    val words: String get() = scanned.ifEmpty { pasted.words }

    /** A code was read. */
    fun scanned(text: String) {
        pasted.words = ""
        show(text)
    }

    fun clear() = scanned("")

    /** What is wrong with it stands below it, and it is asked for again. */
    fun say(trouble: CharSequence?) {
        if (trouble != null) show("")
        pasted.say(trouble)
    }

    private fun show(text: String) {
        scanned = text
        done.shown(text.isNotEmpty())
    }
}
