/** Capture: what the photo is to show, the camera, and a word that may be left out. */
package org.angen.shell.view

import android.content.ActivityNotFoundException
import android.content.Intent
import android.graphics.BitmapFactory
import android.net.Uri
import android.os.Bundle
import android.provider.MediaStore
import android.text.InputType
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.TextView
import java.io.File
import org.angen.shell.R
import org.angen.shell.host.TrayProvider
import org.angen.shell.model.CaptureModel
import org.angen.shell.model.CaptureState
import org.angen.shell.model.Framing
import org.angen.shell.model.Trouble
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.Purpose
import uniffi.angen_bindings.SourceClass

class CaptureScreen : Screen<CaptureState, CaptureModel>() {
    private lateinit var framings: Map<Framing, Button>
    private lateinit var advice: TextView
    private lateinit var seen: ImageView
    private lateinit var source: TextView
    private lateinit var words: Field
    private lateinit var before: LinearLayout
    private lateinit var after: LinearLayout
    private var shown: File? = null
    private var awaited: String? = null

    override fun title() = getString(R.string.capture)

    override fun makeModel(): CaptureModel {
        val purpose = intent.getStringExtra(PURPOSE)?.let(Purpose::valueOf)
        return CaptureModel(desk, extra(DOSSIER), intent.getStringExtra(ABOUT), purpose)
            .also { it.frame(Framing.WIDE) }
    }

    override fun onCreate(saved: Bundle?) {
        awaited = saved?.getString(AWAITED)
        super.onCreate(saved)
    }

    override fun onSaveInstanceState(out: Bundle) {
        out.putString(AWAITED, awaited)
        super.onSaveInstanceState(out)
    }

    override fun build() {
        val kit = page.kit
        framings = Framing.entries.associateWith { framing ->
            kit.button(page.words(framing.zh, framing.en)) { model.frame(framing) }
        }
        val (wide, close, ruler, plate) = framings.values.toList()
        val frames = page.content.put(kit.column())
        frames.put(kit.beside(wide, close))
        frames.put(kit.beside(ruler, plate))
        advice = frames.put(kit.text(""))
        // A paper is taken flat and whole: nothing of a scene is to be chosen.
        frames.shown(!intent.hasExtra(PURPOSE))
        seen = page.content.put(ImageView(this))
        seen.adjustViewBounds = true
        seen.maxHeight = resources.displayMetrics.heightPixels / 3
        seen.contentDescription = getString(R.string.capture_seen)
        source = page.content.put(kit.text("", Tone.WARN))
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        words = page.content.put(kit.field(getString(R.string.capture_words), many))
        before = page.foot.put(kit.column())
        before.put(kit.button(getString(R.string.capture_import), press = ::choose))
        before.put(kit.button(getString(R.string.capture_shoot), Weight.MAIN, ::shoot))
        after = page.foot.put(kit.column())
        after.put(kit.button(getString(R.string.capture_again)) { model.discard() })
        after.put(
            kit.button(getString(R.string.capture_keep), Weight.MAIN) { model.keep(words.words) },
        )
    }

    override fun show(state: CaptureState) {
        framings.forEach { (framing, button) -> button.weigh(page.kit, framing == state.framing) }
        words.edit.hint = state.proposed
        advice.text = page.words(state.framing.adviceZh, state.framing.adviceEn)
        val there = state.taken != null
        listOf(seen, words, after).forEach { it.shown(there) }
        before.shown(!there)
        val imported = there && state.source == SourceClass.IMPORTED
        source.text = getString(R.string.capture_imported)
        source.shown(imported)
        if (shown != state.taken) picture(state.taken)
        say(state.trouble)
        if (state.trouble == null && state.keptCount > 0 && !there) {
            val count = state.keptCount
            val kept = resources.getQuantityString(R.plurals.capture_kept, count, count)
            page.tell(kept, Tone.GOOD)
        }
    }

    /** The phone's own camera app writes into a file of ours. */
    private fun shoot() {
        val file = model.place()
        awaited = file.path
        val uri = TrayProvider.uriOf(this, file)
        val intent = Intent(MediaStore.ACTION_IMAGE_CAPTURE)
            .putExtra(MediaStore.EXTRA_OUTPUT, uri)
            .addFlags(Intent.FLAG_GRANT_WRITE_URI_PERMISSION)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        ask(intent, SHOOT, Trouble(getString(R.string.no_camera), getString(R.string.no_camera)))
    }

    private fun choose() {
        val intent = Intent(Intent.ACTION_OPEN_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE)
            .setType("*/*")
            .putExtra(
                Intent.EXTRA_MIME_TYPES,
                arrayOf("image/*", "video/*", "audio/*", "application/pdf"),
            )
        ask(intent, IMPORT, Trouble(getString(R.string.no_files), getString(R.string.no_files)))
    }

    private fun ask(intent: Intent, what: Int, nobody: Trouble) = try {
        @Suppress("DEPRECATION")
        startActivityForResult(intent, what)
    } catch (_: ActivityNotFoundException) {
        page.say(nobody)
    }

    @Deprecated("The platform's own way; AndroidX is not used.")
    override fun onActivityResult(what: Int, result: Int, data: Intent?) {
        if (result != RESULT_OK || !::model.isInitialized) return
        if (what == SHOOT) awaited?.let { model.taken(File(it)) }
        if (what == IMPORT) data?.data?.let(::copied)
    }

    /** Copied as it is, away from the screen: a film takes its time. */
    private fun copied(uri: Uri) {
        val name = uri.lastPathSegment?.substringAfterLast('/')?.replace(Regex("[^\\w.]"), "_")
        val file = File(desk.tray, "${System.nanoTime()}-${name ?: "file"}")
        desk.runner.run({
            val from = checkNotNull(contentResolver.openInputStream(uri)) { "the file is gone" }
            from.use { input -> file.outputStream().use { input.copyTo(it) } }
        }) { result ->
            result.onSuccess { model.taken(file, SourceClass.IMPORTED) }
            result.onFailure { page.say(org.angen.shell.model.troubleOf(it)) }
        }
    }

    /** A small copy for the eye; the file itself is not touched. */
    private fun picture(file: File?) {
        shown = file
        words.words = ""
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        file?.let { BitmapFactory.decodeFile(it.path, size) }
        val small = BitmapFactory.Options().apply {
            inSampleSize = (size.outWidth / resources.displayMetrics.widthPixels).coerceAtLeast(1)
        }
        seen.setImageBitmap(file?.let { BitmapFactory.decodeFile(it.path, small) })
    }

    private companion object {
        const val SHOOT = 1
        const val IMPORT = 2
        const val AWAITED = "awaited"
    }
}
