/** Lends one file of the tray to the camera, and printed papers to who is to get them. */
package org.angen.shell.host

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.OpenableColumns
import java.io.File
import java.io.FileNotFoundException

/** Not exported: another app reaches a file only by a grant for its one address. */
class TrayProvider : ContentProvider() {
    override fun onCreate() = true

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor {
        val modes = ParcelFileDescriptor.parseMode(mode)
        return ParcelFileDescriptor.open(fileOf(uri), modes)
    }

    override fun getType(uri: Uri): String = when (fileOf(uri).extension) {
        "jpg" -> "image/jpeg"
        "pdf" -> "application/pdf"
        "html" -> "text/html"
        "m4a" -> "audio/mp4"
        "mp3" -> "audio/mpeg"
        "ogg" -> "audio/ogg"
        "wav" -> "audio/x-wav"
        "amr" -> "audio/amr"
        "3gp" -> "audio/3gpp"
        "docx" -> "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        else -> "application/octet-stream"
    }

    override fun query(
        uri: Uri,
        projection: Array<String>?,
        selection: String?,
        arguments: Array<String>?,
        order: String?,
    ): Cursor {
        val file = fileOf(uri)
        val columns = projection ?: arrayOf(OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE)
        return MatrixCursor(columns).apply {
            addRow(
                columns.map {
                    when (it) {
                        OpenableColumns.DISPLAY_NAME -> file.name
                        OpenableColumns.SIZE -> file.length()
                        else -> null
                    }
                },
            )
        }
    }

    override fun insert(uri: Uri, values: ContentValues?): Uri? = null

    override fun update(uri: Uri, values: ContentValues?, where: String?, args: Array<String>?) = 0

    override fun delete(uri: Uri, where: String?, args: Array<String>?) = 0

    /** A name and nothing more: no address leads out of the tray. */
    private fun fileOf(uri: Uri): File {
        val name = uri.lastPathSegment.orEmpty()
        if (name.isEmpty() || '/' in name || name.startsWith(".")) {
            throw FileNotFoundException("no file of the tray")
        }
        val application = checkNotNull(context).applicationContext as ShellApplication
        return File(application.desk.tray, name)
    }

    companion object {
        fun uriOf(context: Context, file: File): Uri =
            Uri.Builder().scheme("content").authority("${context.packageName}.tray")
                .appendPath(file.name).build()
    }
}
