/** What all activities do alike: their model outlives a turn of the phone, and asks for a PIN. */
package org.angen.shell.view

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import org.angen.shell.host.ShellApplication
import org.angen.shell.model.Desk
import org.angen.shell.model.Model
import org.angen.shell.model.Remedy
import org.angen.shell.model.Trouble
import org.angen.shell.view.kit.Page

abstract class Screen<S : Any, M : Model<S>> : Activity() {
    protected lateinit var model: M
    protected lateinit var page: Page

    val desk: Desk get() = (application as ShellApplication).desk

    /** Whether somebody must be signed in. */
    protected open val needsWorker = true

    /** What the screen is called. */
    protected abstract fun title(): CharSequence

    protected abstract fun makeModel(): M

    /** Makes the views, once. */
    protected abstract fun build()

    /** Shows a state in them. */
    protected abstract fun show(state: S)

    override fun onCreate(saved: Bundle?) {
        super.onCreate(saved)
        if (needsWorker && desk.worker == null) {
            go(SignInScreen::class.java, HOME to HOME)
            finish()
            return
        }
        @Suppress("UNCHECKED_CAST", "DEPRECATION")
        model = lastNonConfigurationInstance as M? ?: makeModel()
        page = Page(this, title())
        build()
        setContentView(page.root)
        model.watch(::show)
    }

    /**
     * A stick or a sync in the background may have brought an order meanwhile, or the phone may
     * have been emptied already: then nothing on this screen is there any more.
     */
    override fun onResume() {
        super.onResume()
        if (!::model.isInitialized || isFinishing || !needsWorker) return
        val opened = desk
        if (!model.isOf(opened)) return startAnew(SettleScreen::class.java)
        opened.runner.run({ opened.inspector.orderedWipe() != null }) { found ->
            if (found.getOrDefault(false) && !isFinishing) startAnew(WipeScreen::class.java)
        }
    }

    @Deprecated("The platform's own way to keep what is not in a Bundle; AndroidX is not used.")
    override fun onRetainNonConfigurationInstance(): Any? =
        if (::model.isInitialized) model else null

    override fun onDestroy() {
        if (::model.isInitialized) model.unwatch()
        super.onDestroy()
    }

    /** Says a trouble of the whole screen; a closed key brings the PIN first. */
    protected fun say(trouble: Trouble?) {
        page.say(trouble)
        if (trouble?.remedy == Remedy.OPEN_KEY) go(SignInScreen::class.java)
    }

    protected fun go(screen: Class<*>, vararg extras: Pair<String, String>) {
        val intent = Intent(this, screen)
        extras.forEach { (name, value) -> intent.putExtra(name, value) }
        startActivity(intent)
    }

    protected fun extra(name: String): String = checkNotNull(intent.getStringExtra(name)) {
        "${javaClass.simpleName} was started without $name"
    }

    companion object {
        const val DOSSIER = "dossier"
        const val ABOUT = "about"
        const val TITLE = "title"
        const val FINDING = "finding"
        const val ITEM = "item"

        /** The name of a `Purpose`: what is captured is a paper, and no scene. */
        const val PURPOSE = "purpose"

        /** Asks the sign-in screen to go on to today: no other screen has called it. */
        const val HOME = "home"
    }
}
