/** Verification: the verdict first, then what is proved, then how far that goes. */
package org.angen.shell.view

import android.content.ActivityNotFoundException
import android.content.Intent
import android.widget.LinearLayout
import java.io.File
import org.angen.shell.R
import org.angen.shell.model.Trouble
import org.angen.shell.model.VerifyModel
import org.angen.shell.model.VerifyState
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import uniffi.angen_bindings.VerdictOutcome
import uniffi.angen_bindings.VerdictView

class VerifyScreen : Screen<VerifyState, VerifyModel>() {
    private lateinit var list: LinearLayout

    override fun title() = getString(R.string.verify)

    override fun makeModel() = VerifyModel(desk)

    override fun build() {
        page.content.put(page.kit.text(getString(R.string.verify_what), Tone.SOFT))
        list = page.content.put(page.kit.column())
        page.foot.put(page.kit.button(getString(R.string.verify_choose), Weight.MAIN, ::choose))
    }

    override fun show(state: VerifyState) {
        list.removeAllViews()
        state.name?.let { list.put(page.kit.text(it, Tone.SOFT)) }
        state.verdict?.let(::verdict)
        say(state.trouble)
    }

    private fun verdict(verdict: VerdictView) {
        val kit = page.kit
        val tone = if (verdict.outcome == VerdictOutcome.VERIFIES) Tone.GOOD else Tone.BAD
        val head = list.put(kit.heading(page.words(verdict.headline)))
        head.setTextColor(kit.color(tone.color))
        // What is proved and what is not stand here alike: no tick belongs before either.
        verdict.proved.forEach { list.put(kit.text(page.words(it)), R.dimen.gap_small) }
        verdict.standing.words.forEach {
            list.put(kit.text(page.words(it), Tone.WARN), R.dimen.gap_small)
        }
        val headline = page.words(verdict.headline)
        val rest = page.words(verdict.words).removePrefix(headline).trimStart('\n')
        list.put(kit.text(rest, Tone.SOFT))
    }

    private fun choose() {
        val intent = Intent(Intent.ACTION_OPEN_DOCUMENT)
            .addCategory(Intent.CATEGORY_OPENABLE)
            .setType("*/*")
        try {
            @Suppress("DEPRECATION")
            startActivityForResult(intent, CHOOSE)
        } catch (_: ActivityNotFoundException) {
            page.say(Trouble(getString(R.string.no_files), getString(R.string.no_files)))
        }
    }

    @Deprecated("The platform's own way; AndroidX is not used.")
    override fun onActivityResult(what: Int, result: Int, data: Intent?) {
        val uri = data?.data
        if (what != CHOOSE || result != RESULT_OK || uri == null) return
        val file = File(desk.tray, "verify-${System.nanoTime()}.angen")
        desk.runner.run({
            val from = checkNotNull(contentResolver.openInputStream(uri)) { "the file is gone" }
            from.use { input -> file.outputStream().use { input.copyTo(it) } }
        }) { result ->
            val name = uri.lastPathSegment?.substringAfterLast('/') ?: file.name
            result.onSuccess { model.verify(file, name) }
            result.onFailure { page.say(org.angen.shell.model.troubleOf(it)) }
        }
    }

    private companion object {
        const val CHOOSE = 1
    }
}
