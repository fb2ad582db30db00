/** Makes the views of a screen: sizes, colours and what TalkBack says, in one place. */
package org.angen.shell.view.kit

import android.content.Context
import android.text.InputType
import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import android.util.TypedValue.COMPLEX_UNIT_PX

/** How grave a line is; never told by colour alone. */
enum class Tone(val color: Int) {
    PLAIN(R.color.ink),
    SOFT(R.color.ink_soft),
    GOOD(R.color.good),
    WARN(R.color.warn),
    BAD(R.color.bad),
}

/** What a button is for: the next step, anything else, or what cannot be taken back. */
enum class Weight(val ground: Int, val ink: Int) {
    MAIN(R.drawable.button_main, R.color.on_accent),
    PLAIN(R.drawable.button_plain, R.color.ink),
    GRAVE(R.drawable.button_grave, R.color.on_bad),
}

class Kit(val context: Context) {
    fun px(dimension: Int): Int = context.resources.getDimensionPixelSize(dimension)

    fun color(color: Int): Int = context.getColor(color)

    /** Text over as many lines as it takes. */
    fun text(
        words: CharSequence,
        tone: Tone = Tone.PLAIN,
        size: Int = R.dimen.text_body,
    ): TextView =
        TextView(context).apply {
            text = words
            setTextColor(color(tone.color))
            setTextSize(COMPLEX_UNIT_PX, context.resources.getDimension(size))
            setLineSpacing(0f, 1.15f)
        }

    /** A heading, which TalkBack can jump to. */
    fun heading(words: CharSequence, size: Int = R.dimen.text_big): TextView =
        text(words, size = size).apply {
            isAccessibilityHeading = true
            typeface = android.graphics.Typeface.DEFAULT_BOLD
        }

    fun button(words: CharSequence, weight: Weight = Weight.PLAIN, press: () -> Unit): Button =
        Button(context).apply {
            text = words
            isAllCaps = false
            stateListAnimator = null
            setBackgroundResource(weight.ground)
            setTextColor(color(weight.ink))
            setTextSize(COMPLEX_UNIT_PX, context.resources.getDimension(R.dimen.text_body))
            minHeight = px(R.dimen.touch_min)
            minimumHeight = px(R.dimen.touch_min)
            minWidth = px(R.dimen.touch_min)
            val (side, above) = px(R.dimen.gap) to px(R.dimen.gap_small)
            setPadding(side, above, side, above)
            setOnClickListener { press() }
        }

    /** A row of a list that is pressed: a title, and lines below it. */
    fun row(
        title: CharSequence,
        lines: List<Pair<CharSequence, Tone>>,
        press: (() -> Unit)?,
    ): View =
        card().apply {
            addView(text(title).apply { typeface = android.graphics.Typeface.DEFAULT_BOLD })
            lines.forEach { (words, tone) ->
                if (words.isNotEmpty()) addView(text(words, tone, R.dimen.text_small))
            }
            minimumHeight = px(R.dimen.touch_min)
            if (press != null) {
                isClickable = true
                isFocusable = true
                setBackgroundResource(R.drawable.button_plain)
                contentDescription = (listOf(title) + lines.map { it.first })
                    .filter { it.isNotEmpty() }.joinToString("，")
                setOnClickListener { press() }
            }
        }

    fun card(): LinearLayout = column().apply {
        setBackgroundResource(R.drawable.card)
        val inner = px(R.dimen.gap)
        setPadding(inner, inner, inner, inner)
    }

    fun column(): LinearLayout = LinearLayout(context).apply {
        orientation = LinearLayout.VERTICAL
        layoutParams = ViewGroup.LayoutParams(MATCH_PARENT, WRAP_CONTENT)
    }

    /** Things of equal width side by side; below each other where the type is large. */
    fun beside(vararg views: View, always: Boolean = false) = LinearLayout(context).apply {
        val large = !always && resources.configuration.fontScale >= LARGE_TYPE
        orientation = if (large) LinearLayout.VERTICAL else LinearLayout.HORIZONTAL
        gravity = Gravity.FILL
        views.forEachIndexed { at, view ->
            val width = if (large) MATCH_PARENT else 0
            val height = if (large) WRAP_CONTENT else MATCH_PARENT
            val params = LinearLayout.LayoutParams(width, height, if (large) 0f else 1f)
            if (at > 0 && large) params.topMargin = px(R.dimen.gap_small)
            if (at > 0 && !large) params.marginStart = px(R.dimen.gap)
            addView(view, params)
        }
    }

    fun field(label: CharSequence, type: Int = InputType.TYPE_CLASS_TEXT): Field =
        Field(this, label, type)

    companion object {
        /** From this scale on two buttons are too narrow for their words side by side. */
        const val LARGE_TYPE = 1.6f
    }
}

/** Adds a view below the others, with the usual gap above it. */
fun <V : View> LinearLayout.put(view: V, gap: Int = R.dimen.gap): V {
    val params = LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT)
    if (childCount > 0) params.topMargin = resources.getDimensionPixelSize(gap)
    addView(view, params)
    return view
}

/** Shows which of several buttons is chosen; TalkBack says it as well. */
fun Button.weigh(kit: Kit, isChosen: Boolean) {
    val weight = if (isChosen) Weight.MAIN else Weight.PLAIN
    isSelected = isChosen
    setBackgroundResource(weight.ground)
    setTextColor(kit.color(weight.ink))
}

fun View.shown(isShown: Boolean) {
    visibility = if (isShown) View.VISIBLE else View.GONE
}
