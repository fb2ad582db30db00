/** Files that leave the app or come into it: shared, written to a stick, chosen, copied. */
package org.angen.shell.view

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import java.io.File
import org.angen.shell.host.TrayProvider
import org.angen.shell.model.Desk

object Handing {
    /** To the printer's app, a chat or another phone, as this one offers. */
    fun share(from: Activity, file: File) {
        val uri = TrayProvider.uriOf(from, file)
        val send = Intent(Intent.ACTION_SEND)
            .setType(from.contentResolver.getType(uri))
            .putExtra(Intent.EXTRA_STREAM, uri)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        from.startActivity(Intent.createChooser(send, file.name))
    }

    /** Asks for any file; false where the phone has no app that lists them. */
    fun choose(from: Activity, request: Int): Boolean = ask(
        from,
        Intent(Intent.ACTION_OPEN_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE).setType("*/*"),
        request,
    )

    /** Asks where a file of this name is to be written, such as onto a stick. */
    fun place(from: Activity, name: String, request: Int): Boolean = ask(
        from,
        Intent(Intent.ACTION_CREATE_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE)
            .setType("application/octet-stream")
            .putExtra(Intent.EXTRA_TITLE, name),
        request,
    )

    /** False where no app answers. */
    fun ask(from: Activity, intent: Intent, request: Int): Boolean = try {
        @Suppress("DEPRECATION")
        from.startActivityForResult(intent, request)
        true
    } catch (_: ActivityNotFoundException) {
        false
    }

    /** What a file is called where it comes from. */
    fun nameOf(uri: Uri): String = uri.lastPathSegment?.substringAfterLast('/') ?: "file"

    /** Copies what was chosen into the tray, away from the screen: it may be long. */
    fun copyIn(from: Activity, desk: Desk, uri: Uri, to: File, back: (Result<File>) -> Unit) =
        desk.runner.run({
            val input = checkNotNull(from.contentResolver.openInputStream(uri)) { GONE }
            input.use { read -> to.outputStream().use { read.copyTo(it) } }
            to
        }, back)

    /** Copies a file of ours to where the officer wants it. */
    fun copyOut(from: Activity, desk: Desk, file: File, uri: Uri, back: (Result<Unit>) -> Unit) =
        desk.runner.run({
            val output = checkNotNull(from.contentResolver.openOutputStream(uri)) { GONE }
            output.use { write -> file.inputStream().use { it.copyTo(write) } }
            Unit
        }, back)

    private const val GONE = "the file is gone"
}
