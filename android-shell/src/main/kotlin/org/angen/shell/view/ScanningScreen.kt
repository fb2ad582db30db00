/** A screen that reads codes: the phone's camera app takes a picture, and nothing of it is kept. */
package org.angen.shell.view

import android.content.ActivityNotFoundException
import android.content.Intent
import android.os.Bundle
import android.provider.MediaStore
import java.io.File
import org.angen.shell.R
import org.angen.shell.host.QrCode
import org.angen.shell.host.TrayProvider
import org.angen.shell.model.Model
import org.angen.shell.model.Trouble
import org.angen.shell.model.troubleOf

abstract class ScanningScreen<S : Any, M : Model<S>> : Screen<S, M>() {
    private var awaited: String? = null
    private var purpose: String? = null

    /** What a code says, that was asked for with the same [purpose]. */
    protected abstract fun scanned(purpose: String, text: String)

    /** Opens the camera. The process may be ended meanwhile, so it is noted what for. */
    protected fun scan(purpose: String) {
        val file = File(desk.tray, "code-${System.nanoTime()}.jpg")
        this.purpose = purpose
        awaited = file.path
        val intent = Intent(MediaStore.ACTION_IMAGE_CAPTURE)
            .putExtra(MediaStore.EXTRA_OUTPUT, TrayProvider.uriOf(this, file))
            .addFlags(Intent.FLAG_GRANT_WRITE_URI_PERMISSION)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        try {
            @Suppress("DEPRECATION")
            startActivityForResult(intent, SCAN)
        } catch (_: ActivityNotFoundException) {
            tell(R.string.scan_no_camera)
        }
    }

    override fun onCreate(saved: Bundle?) {
        awaited = saved?.getString(AWAITED)
        purpose = saved?.getString(PURPOSE_OF_CODE)
        super.onCreate(saved)
    }

    override fun onSaveInstanceState(out: Bundle) {
        out.putString(AWAITED, awaited)
        out.putString(PURPOSE_OF_CODE, purpose)
        super.onSaveInstanceState(out)
    }

    @Deprecated("The platform's own way; AndroidX is not used.")
    override fun onActivityResult(what: Int, result: Int, data: Intent?) {
        val file = awaited?.let(::File)
        if (what != SCAN || file == null) return
        awaited = null
        if (result != RESULT_OK) {
            file.delete()
            return
        }
        val asked = purpose ?: return
        desk.runner.run({ QrCode.decode(file).also { file.delete() } }) { read ->
            read.onSuccess { if (it == null) tell(R.string.scan_nothing) else scanned(asked, it) }
            read.onFailure { page.say(troubleOf(it)) }
        }
    }

    private fun tell(words: Int) = getString(words).let { page.say(Trouble(it, it)) }

    private companion object {
        const val SCAN = 31
        const val AWAITED = "awaited"
        const val PURPOSE_OF_CODE = "purpose_of_code"
    }
}
