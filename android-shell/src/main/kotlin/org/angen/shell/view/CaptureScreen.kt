/** Capture: what the photo is to show, the camera or a voice, and a word that may be left out. */
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
import org.angen.shell.host.Recorder
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
    private lateinit var frames: LinearLayout
    private lateinit var advice: TextView
    private lateinit var seen: ImageView
    private lateinit var heard: Button
    private lateinit var source: TextView
    private lateinit var words: Field
    private lateinit var before: LinearLayout
    private lateinit var after: LinearLayout
    private lateinit var again: Button
    private var shown: File? = null
    private var awaited: String? = null
    private var askedMs = 0L

    override fun title(): String =
        getString(if (intent.hasExtra(VOICE)) R.string.voice else R.string.capture)

    override fun makeModel(): CaptureModel {
        val purpose = intent.getStringExtra(PURPOSE)?.let(Purpose::valueOf)
        val (about, caption) = intent.getStringExtra(ABOUT) to intent.getStringExtra(CAPTION)
        return CaptureModel(desk, extra(DOSSIER), about, purpose, caption)
            .also { it.frame(Framing.WIDE) }
    }

    override fun onCreate(saved: Bundle?) {
        awaited = saved?.getString(AWAITED)
        askedMs = saved?.getLong(ASKED) ?: 0L
        super.onCreate(saved)
        if (saved == null && intent.hasExtra(VOICE) && !isFinishing) record()
    }

    override fun onSaveInstanceState(out: Bundle) {
        out.putString(AWAITED, awaited)
        out.putLong(ASKED, askedMs)
        super.onSaveInstanceState(out)
    }

    override fun build() {
        val kit = page.kit
        framings = Framing.entries.associateWith { framing ->
            kit.button(page.words(framing.zh, framing.en)) { model.frame(framing) }
        }
        val (wide, close, ruler, plate) = framings.values.toList()
        frames = page.content.put(kit.column())
        frames.put(kit.beside(wide, close))
        frames.put(kit.beside(ruler, plate))
        advice = frames.put(kit.text(""))
        seen = page.content.put(ImageView(this))
        seen.adjustViewBounds = true
        seen.maxHeight = resources.displayMetrics.heightPixels / 3
        seen.contentDescription = getString(R.string.capture_seen)
        heard = page.content.put(kit.button(getString(R.string.voice_listen), press = ::listen))
        source = page.content.put(kit.text("", Tone.WARN))
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        words = page.content.put(kit.field(getString(R.string.capture_words), many))
        before = page.foot.put(kit.column())
        val voice = kit.button(getString(R.string.voice), press = ::record)
        val import = kit.button(getString(R.string.capture_import), press = ::choose)
        before.put(kit.beside(voice, import))
        before.put(kit.button(getString(R.string.capture_shoot), Weight.MAIN, ::shoot))
        after = page.foot.put(kit.column())
        again = after.put(kit.button(getString(R.string.capture_again)) { again() })
        after.put(
            kit.button(getString(R.string.capture_keep), Weight.MAIN) { model.keep(words.words) },
        )
    }

    override fun show(state: CaptureState) {
        framings.forEach { (framing, button) -> button.weigh(page.kit, framing == state.framing) }
        words.edit.hint = if (state.isVoice) model.usual() else state.proposed
        // A paper is taken flat and whole, and a voice shows nothing: no scene is to be framed.
        frames.shown(!intent.hasExtra(PURPOSE) && !state.isVoice)
        advice.text = page.words(state.framing.adviceZh, state.framing.adviceEn)
        val there = state.taken != null
        listOf(words, after).forEach { it.shown(there) }
        seen.shown(there && !state.isVoice)
        heard.shown(state.isVoice)
        again.text = getString(if (state.isVoice) R.string.voice_again else R.string.capture_again)
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

    /** The phone's own recorder; the note is copied once it gives one. */
    private fun record() {
        askedMs = System.currentTimeMillis()
        val nobody = Trouble(getString(R.string.voice_nobody), getString(R.string.voice_nobody))
        ask(Recorder.intent, RECORD, nobody)
    }

    private fun again() {
        val wasVoice = model.state.isVoice
        model.discard()
        if (wasVoice) record()
    }

    /** To the phone's player: a voice that nobody can hear is no note. */
    private fun listen() {
        val file = model.state.taken ?: return
        val uri = TrayProvider.uriOf(this, file)
        val play = Intent(Intent.ACTION_VIEW).setDataAndType(uri, contentResolver.getType(uri))
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        try {
            startActivity(play)
        } catch (_: ActivityNotFoundException) {
            page.tell(getString(R.string.voice_no_player), Tone.WARN)
        }
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
        if (what == RECORD) data?.data?.let(::voice)
    }

    private fun voice(uri: Uri) {
        val ending = Recorder.endingOf(contentResolver.getType(uri))
            ?: Handing.nameOf(uri).substringAfterLast('.', "")
        val name = listOf("voice-${System.nanoTime()}", ending).filter { it.isNotEmpty() }
        val isNew = Recorder.isNewSince(contentResolver, uri, askedMs)
        Handing.copyIn(this, desk, uri, File(desk.tray, name.joinToString("."))) { copy ->
            copy.onSuccess { model.recorded(it, isNew) }
            copy.onFailure { page.say(org.angen.shell.model.troubleOf(it)) }
        }
    }

    /** Copied as it is: a film takes its time. */
    private fun copied(uri: Uri) {
        val name = Handing.nameOf(uri).replace(Regex("[^\\w.]"), "_")
        val file = File(desk.tray, "${System.nanoTime()}-$name")
        Handing.copyIn(this, desk, uri, file) { copy ->
            copy.onSuccess { model.taken(it, SourceClass.IMPORTED) }
            copy.onFailure { page.say(org.angen.shell.model.troubleOf(it)) }
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

    companion object {
        /** What the file is called where nobody types. */
        const val CAPTION = "caption"

        /** Asks for a voice note at once. */
        const val VOICE = "voice"
        private const val SHOOT = 1
        private const val IMPORT = 2
        private const val RECORD = 3
        private const val AWAITED = "awaited"
        private const val ASKED = "asked"
    }
}
