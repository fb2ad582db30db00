/** Looks at a screen as a stranger would: can it be pressed, read and heard, in every dress? */
package org.angen.shell.bench

import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Canvas
import android.view.View
import android.widget.ScrollView
import android.widget.TextView
import java.io.File
import org.angen.shell.view.kit.Field
import org.junit.Assert.assertEquals
import org.robolectric.RuntimeEnvironment

/** The platform's least size of what is pressed, in dp. */
private const val TOUCH_DP = 48

/** Content that can still be read between head and foot, in dp. */
private const val CONTENT_DP = 96

/** Pictures are kept small: 411 dp become so many pixels. */
private const val PICTURE_SCALE = 0.6f

/** One way in which a screen is dressed. */
data class Dress(val language: String, val isDark: Boolean, val fontScale: Float) {
    val name get() = "$language-${if (isDark) "dark" else "light"}-$fontScale"

    fun put() {
        val locale = if (language == "zh") "zh-rCN" else "en-rUS"
        val night = if (isDark) "night" else "notnight"
        RuntimeEnvironment.setQualifiers("$locale-w411dp-h891dp-$night-xhdpi")
        RuntimeEnvironment.setFontScale(fontScale)
    }

    companion object {
        val USUAL = Dress("zh", false, 1f)

        /** Both languages and both grounds at the sizes of the system, small to largest. */
        val ALL = listOf("zh", "en").flatMap { language ->
            listOf(1f, 1.3f, 2f).map { Dress(language, it == 1.3f, it) }
        } + listOf(Dress("zh", true, 1f), Dress("zh", true, 2f))

        /** Words that are cut off anywhere are cut off here: the largest text, in each language. */
        private val HARDEST = listOf("zh", "en").map { Dress(it, false, 2f) }

        /**
         * Those of a screen in this run, by `angen.pictures`: `all` of them; or, by the number of
         * a commit, the hardest and one more, whose turn it is. Six commits come to all.
         */
        fun of(screen: String): List<Dress> {
            val turn = System.getProperty("angen.pictures")?.toIntOrNull() ?: return ALL
            val others = ALL - HARDEST.toSet()
            return HARDEST + others[Math.floorMod(turn + screen.hashCode(), others.size)]
        }
    }
}

/** Opens the screen of an intent in each dress of this run, looks at it, and keeps its picture. */
fun Phone.lookAtAll(name: String, intent: Intent, before: Phone.() -> Unit = {}) {
    val wrong = Dress.of(name).flatMap { dress ->
        dress.put()
        val other = Phone(name = this.name)
        other.open(intent)
        other.before()
        other.picture("$name-${dress.name}")
        other.faults().map { "$name ${dress.name}: $it" }.also { other.close() }
    }
    Dress.USUAL.put()
    assertEquals("", wrong.joinToString("\n"))
}

/** What is too small, nameless or cut off. */
fun Phone.faults(): List<String> {
    val density = screen.resources.displayMetrics.density
    val shown = Phone.views(root).filter { it.isShown && it.width > 0 }.toList()
    val faults = mutableListOf<String>()
    for (view in shown) {
        val name = "${view.javaClass.simpleName} “${Phone.saidBy(view)}”"
        if (view.isClickable && minOf(view.height, view.width) < TOUCH_DP * density) {
            faults += "$name is ${view.width / density} by ${view.height / density} dp"
        }
        if (view.isClickable && heard(view).isBlank()) faults += "$name says nothing to TalkBack"
        if (view is TextView && cut(view)) faults += "$name is cut off"
        if (view is ScrollView && view.height < CONTENT_DP * density) {
            faults += "only ${view.height / density} dp are left for the content"
        }
    }
    return faults
}

private fun heard(view: View): String =
    (view.parent as? Field)?.let(Phone::saidBy) ?: Phone.saidBy(view)

private fun cut(view: TextView): Boolean {
    val layout = view.layout ?: return view.text.isNotEmpty()
    val room = view.height - view.compoundPaddingTop - view.compoundPaddingBottom
    val lines = 0 until layout.lineCount
    return layout.height > room + 1 ||
        lines.any { layout.getEllipsisCount(it) > 0 || layout.getLineMax(it) > layout.width + 1 } ||
        view.right > (view.parent as View).width
}

/** Draws the screen into `screenshots` below the target folder. */
fun Phone.picture(name: String) {
    val width = (root.width * PICTURE_SCALE).toInt()
    val height = (root.height * PICTURE_SCALE).toInt()
    val bitmap = Bitmap.createBitmap(width, height, Bitmap.Config.ARGB_8888)
    val canvas = Canvas(bitmap)
    canvas.scale(PICTURE_SCALE, PICTURE_SCALE)
    root.draw(canvas)
    val folder = File(System.getProperty("angen.screenshots")!!).apply { mkdirs() }
    File(folder, "$name.png").outputStream().use {
        bitmap.compress(Bitmap.CompressFormat.PNG, 100, it)
    }
}
