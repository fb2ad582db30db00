/** The phone's own recorder app: asked for a voice note, and believed as far as the phone knows. */
package org.angen.shell.host

import android.content.ContentResolver
import android.content.Intent
import android.net.Uri
import android.provider.MediaStore

object Recorder {
    /** Endings that the core knows of, by the media types that recorders give. */
    private val ENDINGS = mapOf(
        "audio/mp4" to "m4a",
        "audio/m4a" to "m4a",
        "audio/x-m4a" to "m4a",
        "audio/mpeg" to "mp3",
        "audio/ogg" to "ogg",
        "audio/wav" to "wav",
        "audio/x-wav" to "wav",
        "audio/amr" to "amr",
        "audio/3gpp" to "3gp",
    )

    val intent get() = Intent(MediaStore.Audio.Media.RECORD_SOUND_ACTION)

    /** What the copy of a recording is to end in; none where the phone does not say. */
    fun endingOf(type: String?): String? = ENDINGS[type]

    /**
     * Whether the phone's media store says that it was added since a moment. A recorder may hand
     * over an older recording: what is not known to be new is kept as imported.
     */
    fun isNewSince(resolver: ContentResolver, uri: Uri, ms: Long): Boolean {
        val column = arrayOf(MediaStore.MediaColumns.DATE_ADDED)
        val found = runCatching { resolver.query(uri, column, null, null, null) }.getOrNull()
        return found.use { rows ->
            rows != null && rows.moveToFirst() && !rows.isNull(0) && rows.getLong(0) >= ms / 1_000
        }
    }
}
