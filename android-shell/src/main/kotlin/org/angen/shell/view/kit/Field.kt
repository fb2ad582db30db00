/** One thing to type: its label above, and what is wrong with it below. */
package org.angen.shell.view.kit

import android.text.Editable
import android.text.InputType
import android.text.TextWatcher
import android.util.TypedValue.COMPLEX_UNIT_PX
import android.view.View
import android.widget.EditText
import android.widget.LinearLayout
import org.angen.shell.R

class Field(kit: Kit, label: CharSequence, type: Int) : LinearLayout(kit.context) {
    private val name = kit.text(label, Tone.SOFT, R.dimen.text_small)
    private val wrong = kit.text("", Tone.BAD, R.dimen.text_small)
    val edit = EditText(kit.context)

    init {
        orientation = VERTICAL
        edit.id = View.generateViewId()
        edit.inputType = type
        edit.setBackgroundResource(R.drawable.field)
        edit.setTextColor(kit.color(R.color.ink))
        edit.setTextSize(COMPLEX_UNIT_PX, resources.getDimension(R.dimen.text_body))
        edit.minHeight = kit.px(R.dimen.touch_min)
        val inner = kit.px(R.dimen.gap)
        edit.setPadding(inner, inner, inner, inner)
        edit.contentDescription = null
        if (type and InputType.TYPE_TEXT_FLAG_MULTI_LINE != 0) edit.minLines = 2
        name.labelFor = edit.id
        wrong.visibility = View.GONE
        wrong.accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        addView(name)
        addView(edit, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
        addView(wrong)
    }

    /** What is typed, without blanks at its ends. */
    var words: String
        get() = edit.text.toString().trim()
        set(words) {
            if (edit.text.toString() != words) edit.setText(words)
        }

    /** Says what is wrong with it, or takes that back. */
    fun say(trouble: CharSequence?) {
        wrong.text = trouble ?: ""
        wrong.visibility = if (trouble == null) View.GONE else View.VISIBLE
    }

    fun onType(typed: (String) -> Unit) = edit.addTextChangedListener(object : TextWatcher {
        override fun beforeTextChanged(text: CharSequence?, start: Int, count: Int, after: Int) =
            Unit

        override fun onTextChanged(text: CharSequence?, start: Int, before: Int, count: Int) = Unit

        override fun afterTextChanged(text: Editable?) = typed(words)
    })
}
