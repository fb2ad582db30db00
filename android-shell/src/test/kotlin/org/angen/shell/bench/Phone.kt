/** A hand on the phone: presses what it reads, types under a label, goes from screen to screen. */
package org.angen.shell.bench

import android.app.Activity
import android.content.Intent
import android.os.Looper
import android.provider.MediaStore
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.TextView
import java.io.File
import org.angen.shell.host.TrayProvider
import org.angen.shell.model.Desk
import org.angen.shell.view.SettleScreen
import org.angen.shell.view.kit.Field
import org.junit.Assert.assertTrue
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController

/** [name] tells it from another phone in the same hands. */
class Phone(val name: String = "phone") {
    val application get() = RuntimeEnvironment.getApplication() as TestApplication
    val desk: Desk
        get() {
            take()
            return application.desk
        }
    private val stack = ArrayDeque<ActivityController<out Activity>>()

    /** The screen that is in front. */
    val screen: Activity get() = stack.last().get()

    /** What is drawn. */
    val root: View get() = screen.window.decorView

    /** Puts the other phone down: from here on the app is this one's. */
    fun take() {
        application.inHand = name
    }

    fun start(): Phone = apply { open(Intent(application, SettleScreen::class.java)) }

    /** Brings a screen to the front, as the system does with an intent. */
    fun open(intent: Intent) {
        take()
        @Suppress("UNCHECKED_CAST")
        val type = Class.forName(intent.component!!.className) as Class<Activity>
        stack.lastOrNull()?.pause()
        stack.addLast(Robolectric.buildActivity(type, intent).setup())
        settle()
    }

    /** Presses what says exactly these words, or else the first that says them among others. */
    fun tap(words: String) {
        val pressed = views(root).filter { it.isShown && it.isClickable && it.isEnabled }.toList()
        val found = pressed.find { saidBy(it) == words } ?: pressed.find { words in saidBy(it) }
        assertTrue("nothing to press says “$words”; the screen says:\n${said()}", found != null)
        press(found!!)
    }

    fun press(view: View) {
        take()
        view.performClick()
        settle()
    }

    fun type(label: String, words: String) {
        // The label alone: what was typed into another field may say the same.
        val fields = views(root).filterIsInstance<Field>().filter { it.isShown }
        val field = fields.firstOrNull { label in saidBy(it.getChildAt(0)) }
        assertTrue("no field is called “$label”; the screen says:\n${said()}", field != null)
        take()
        field!!.edit.setText(words)
        settle()
    }

    /** Six digits on the pad. */
    fun pin(digits: String) = digits.forEach { tap(it.toString()) }

    fun sees(words: String) = assertTrue("“$words” is not there:\n${said()}", words in said())

    fun seesNot(words: String) = assertTrue("“$words” is there:\n${said()}", words !in said())

    fun back() {
        take()
        @Suppress("DEPRECATION")
        screen.onBackPressed()
        settle()
    }

    /** The camera writes the file into the place that the app has lent it. */
    fun shoot(photo: File) {
        take()
        val asked = shadowOf(screen).nextStartedActivityForResult
        assertTrue("no camera was asked", asked?.intent?.action == MediaStore.ACTION_IMAGE_CAPTURE)
        @Suppress("DEPRECATION")
        val place = asked.intent.getParcelableExtra<android.net.Uri>(MediaStore.EXTRA_OUTPUT)!!
        application.contentResolver.openOutputStream(place)!!.use { out ->
            photo.inputStream().use { it.copyTo(out) }
        }
        shadowOf(screen).receiveResult(asked.intent, Activity.RESULT_OK, Intent())
        settle()
    }

    /** A camera looks at another phone's screen, askew and with the room around it. */
    fun shootScreenOf(other: Phone) = shoot(photoOf(other.root, application.cacheDir))

    /** The system's picker gives a file of the tray. */
    fun choose(file: File) {
        take()
        val asked = shadowOf(screen).nextStartedActivityForResult
        assertTrue("no file was asked for", asked?.intent?.action == Intent.ACTION_OPEN_DOCUMENT)
        val chosen = Intent().setData(TrayProvider.uriOf(application, file))
        shadowOf(screen).receiveResult(asked.intent, Activity.RESULT_OK, chosen)
        settle()
    }

    /** The system's picker gives a place of its own, and what is written there goes to [file]. */
    fun saveAs(file: File) {
        take()
        val asked = shadowOf(screen).nextStartedActivityForResult
        assertTrue("no place was asked for", asked?.intent?.action == Intent.ACTION_CREATE_DOCUMENT)
        val place = android.net.Uri.parse("content://org.angen.test/${file.name}")
        val written = java.io.ByteArrayOutputStream()
        shadowOf(application.contentResolver).registerOutputStream(place, written)
        shadowOf(screen).receiveResult(asked.intent, Activity.RESULT_OK, Intent().setData(place))
        settle()
        file.writeBytes(written.toByteArray())
    }

    /** What the screen itself says in its language. */
    fun word(string: Int): String = screen.getString(string)

    /** All that can be read on the screen. */
    fun said(): String = views(root)
        .filter { it.isShown && (it is TextView || it.contentDescription != null) }
        .joinToString("\n") { saidBy(it) }

    /** Lets the core answer and the screen draw, and goes where the app has gone. */
    fun settle() {
        repeat(SETTLES_MAX) {
            application.screenRunner.await()
            shadowOf(Looper.getMainLooper()).idle()
            if (!follow() && application.screenRunner.isIdle) return
        }
        error("the app does not come to rest")
    }

    fun close() {
        while (stack.isNotEmpty()) stack.removeLast().pause().stop().destroy()
    }

    private fun follow(): Boolean {
        val next = shadowOf(application).nextStartedActivity
        if (next?.component != null) {
            val left = stack.last()
            open(next)
            if (left.get().isFinishing) {
                stack.remove(left)
                left.stop().destroy()
            }
            return true
        }
        if (stack.size > 1 && screen.isFinishing) {
            stack.removeLast().pause().stop().destroy()
            stack.last().resume()
            return true
        }
        return false
    }

    companion object {
        private const val SETTLES_MAX = 200

        fun views(view: View): Sequence<View> = sequence {
            yield(view)
            if (view !is ViewGroup) return@sequence
            for (at in 0 until view.childCount) yieldAll(views(view.getChildAt(at)))
        }

        /** What TalkBack would say of a view. */
        fun saidBy(view: View): String = when {
            view.contentDescription != null -> view.contentDescription.toString()
            view is EditText -> view.text.toString()
            view is TextView -> view.text.toString()
            view is Field -> views(view).filter { it !== view }.joinToString(" ") { saidBy(it) }
            else -> ""
        }
    }
}
