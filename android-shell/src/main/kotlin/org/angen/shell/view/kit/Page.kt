/** The frame of every screen: what it is above, its content, and the next steps under the thumb. */
package org.angen.shell.view.kit

import android.app.Activity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import android.widget.ScrollView
import org.angen.shell.R
import org.angen.shell.model.Trouble
import uniffi.angen_bindings.Bilingual

class Page(activity: Activity, title: CharSequence) {
    val kit = Kit(activity)
    private val said = kit.text("", Tone.BAD)

    /** What is above the content and stays there. */
    val head: LinearLayout = kit.column()

    /** What is scrolled. */
    val content: LinearLayout = kit.column()

    /** The next steps, under the thumb. */
    val foot: LinearLayout = kit.column()

    val root: LinearLayout = kit.column()

    private val scroll = ScrollView(activity)

    /** The one line about the screen as a whole that is wrong or new. */
    private val chinese = activity.resources.configuration.locales[0].language == "zh"

    init {
        root.layoutParams = LinearLayout.LayoutParams(MATCH_PARENT, MATCH_PARENT)
        root.setBackgroundColor(kit.color(R.color.ground))
        root.fitsSystemWindows = true
        val edge = kit.px(R.dimen.edge)
        head.setPadding(edge, edge, edge, kit.px(R.dimen.gap_small))
        head.put(kit.heading(title, R.dimen.text_title))
        activity.title = title
        content.setPadding(edge, kit.px(R.dimen.gap_small), edge, edge)
        foot.setPadding(edge, kit.px(R.dimen.gap), edge, kit.px(R.dimen.gap))
        said.visibility = View.GONE
        said.accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_ASSERTIVE
        foot.put(said)
        scroll.isFillViewport = true
        scroll.addView(content)
        root.addView(head, LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT))
        root.addView(scroll, LinearLayout.LayoutParams(MATCH_PARENT, 0, 1f))
        root.addView(foot, LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT))
    }

    /** Brings a part of the content before the eyes, once it is laid out. */
    fun reveal(part: View) = scroll.post { scroll.smoothScrollTo(0, part.top) }

    /** The sentence of a trouble in the language of the screen. */
    fun words(trouble: Trouble): String = words(trouble.zh, trouble.en)

    fun words(said: Bilingual): String = words(said.zh, said.en)

    fun words(zh: String, en: String): String = if (chinese) zh else en

    /** Says what is wrong with the whole above the next steps; none takes it back. */
    fun say(trouble: Trouble?) = tell(trouble?.let(::words), Tone.BAD)

    fun tell(words: CharSequence?, tone: Tone) {
        said.text = words ?: ""
        said.setTextColor(kit.color(tone.color))
        said.visibility = if (words.isNullOrEmpty()) View.GONE else View.VISIBLE
    }
}
