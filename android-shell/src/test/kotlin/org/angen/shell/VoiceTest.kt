package org.angen.shell

import android.app.Activity
import android.content.ContentProvider
import android.content.ContentValues
import android.content.Intent
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.MediaStore
import java.io.File
import java.nio.ByteBuffer
import java.nio.ByteOrder
import org.angen.shell.bench.GUARD
import org.angen.shell.bench.Phone
import org.angen.shell.bench.beginWork
import org.angen.shell.bench.handedOut
import org.angen.shell.bench.look
import org.angen.shell.bench.openOf
import org.angen.shell.bench.openScreen
import org.angen.shell.bench.picture
import org.angen.shell.view.CheckScreen
import org.angen.shell.view.FormScreen
import org.angen.shell.view.Screen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import uniffi.angen_bindings.EvidenceKind
import uniffi.angen_bindings.SourceClass

/** A voice note on a finding and on an answer: the recorder speaks, nobody types. */
@RunWith(RobolectricTestRunner::class)
class VoiceTest {
    private val phone = Phone()

    @Before
    fun store() {
        Robolectric.buildContentProvider(VoiceStore::class.java).create(VoiceStore.AUTHORITY)
    }

    @After
    fun close() = phone.close()

    @Test
    fun `a voice on a finding is kept under the finding's own words`() {
        val work = phone.beginWork()
        phone.openOf(CheckScreen::class.java, work.check)
        phone.tap(GUARD)
        phone.tap("录音")
        speak(File(phone.desk.tray, "spoken.wav"), ageS = 0)
        phone.sees("听一遍")
        phone.picture("voice-zh-light-1.0")
        phone.tap("保存为证据")
        phone.sees("已保存 1 份证据")
        val kept = phone.desk.inspector.evidenceOf(work.check, work.finding, null).rows.single()
        assertEquals("一车间东侧：$GUARD：录音", kept.caption)
        assertEquals(EvidenceKind.AUDIO_VISUAL, kept.kind)
        assertEquals("audio/x-wav" to "手机录音机", kept.mime to kept.method)
        assertEquals(SourceClass.OWN_CAMERA, kept.source)
        assertTrue(kept.isHere)
    }

    @Test
    fun `an old recording that the recorder hands over is kept as imported`() {
        val work = phone.beginWork()
        phone.openScreen(
            FormScreen::class.java,
            Screen.DOSSIER to work.check,
            Screen.ABOUT to work.checklist,
        )
        phone.tap("不符合")
        phone.tap("录音")
        speak(File(phone.desk.tray, "old.wav"), ageS = 3_600)
        phone.sees("不是本机拍摄")
        phone.tap("保存为证据")
        phone.back()
        phone.sees("听录音 1")
        phone.look("form-voice")
        val form = phone.desk.inspector.formOf(work.check, work.checklist)
        val item = form.items.single { it.voiceNotes.isNotEmpty() }
        val kept = phone.desk.inspector.evidenceOf(work.check, item.answer, null).rows.single()
        assertEquals(item.voiceNotes.single() to item.answer, kept.evidence to kept.about)
        phone.tap("听录音 1")
        phone.sees(kept.caption)
        assertEquals(SourceClass.IMPORTED, kept.source)
        assertTrue(kept.caption, kept.caption.endsWith("：录音") && kept.caption.length > 6)
    }

    @Test
    fun `who breaks the recording off has recorded nothing`() {
        val work = phone.beginWork()
        phone.openOf(CheckScreen::class.java, work.check)
        phone.tap("拍照取证")
        phone.tap("录音")
        val asked = phone.handedOut(MediaStore.Audio.Media.RECORD_SOUND_ACTION)
        shadowOf(phone.screen).receiveResult(asked, Activity.RESULT_CANCELED, null)
        phone.settle()
        phone.sees("打开相机")
        assertEquals(0, phone.desk.inspector.evidenceOf(work.check, null, null).rows.size)
    }

    /** The recorder app hands over a recording that its store added so many seconds ago. */
    private fun speak(file: File, ageS: Long) {
        file.writeBytes(wave())
        VoiceStore.file = file
        VoiceStore.addedS = System.currentTimeMillis() / 1_000 - ageS
        val asked = phone.handedOut(MediaStore.Audio.Media.RECORD_SOUND_ACTION)
        val spoken = Intent().setData(Uri.parse("content://${VoiceStore.AUTHORITY}/1"))
        shadowOf(phone.screen).receiveResult(asked, Activity.RESULT_OK, spoken)
        phone.settle()
    }

    /** A second of a low tone, as a WAVE file of 8,000 samples. */
    private fun wave(): ByteArray {
        val samples = ByteArray(8_000) { (128 + 60 * kotlin.math.sin(it / 9.0)).toInt().toByte() }
        val head = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN)
        head.put("RIFF".toByteArray()).putInt(36 + samples.size).put("WAVEfmt ".toByteArray())
        head.putInt(16).putShort(1).putShort(1).putInt(8_000).putInt(8_000)
        head.putShort(1).putShort(8).put("data".toByteArray()).putInt(samples.size)
        return head.array() + samples
    }
}

/** The phone's media store as a recorder fills it: one recording, and when it was added. */
class VoiceStore : ContentProvider() {
    override fun onCreate() = true

    override fun getType(uri: Uri) = "audio/x-wav"

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor =
        ParcelFileDescriptor.open(file, ParcelFileDescriptor.MODE_READ_ONLY)

    override fun query(
        uri: Uri,
        projection: Array<String>?,
        selection: String?,
        arguments: Array<String>?,
        order: String?,
    ): Cursor = MatrixCursor(arrayOf(MediaStore.MediaColumns.DATE_ADDED)).apply {
        addRow(arrayOf(addedS))
    }

    override fun insert(uri: Uri, values: ContentValues?): Uri? = null

    override fun update(uri: Uri, values: ContentValues?, where: String?, args: Array<String>?) = 0

    override fun delete(uri: Uri, where: String?, args: Array<String>?) = 0

    companion object {
        const val AUTHORITY = "recorder.test"
        var file: File? = null
        var addedS = 0L
    }
}
