/** Another phone of the township, with what the first one had: the second officer writes on it. */
package org.angen.shell.bench

import java.io.File
import java.nio.file.Files
import org.angen.shell.host.PhoneDisk
import uniffi.angen_bindings.BundleBlobs
import uniffi.angen_bindings.ExportBundle
import uniffi.angen_bindings.Handing
import uniffi.angen_bindings.Inspector

/** From now on the second officer must not write on the first phone: one chain, one phone. */
class SecondPhone(private val phone: Phone) : AutoCloseable {
    private val folder = Files.createTempDirectory("second").toFile()

    val inspector: Inspector = run {
        val application = phone.application
        phone.desk.inspector.pause()
        File(application.noBackupFilesDir, "data").copyRecursively(folder, overwrite = true)
        phone.desk.inspector.resume()
        Inspector.open(folder.path, application.time, application.testVault, PhoneDisk())
    }

    /** The second officer. */
    val writer: String = inspector.officers(0).single { it.name == SECOND }.writer

    /** A bundle of a dossier for somebody by name, laid where the first phone's picker finds it. */
    fun bundle(dossier: String, reader: String): File {
        val readers = inspector.readers(0u).rows.filter { it.name == reader }
        val file = File(phone.desk.tray, "from-second.angenb")
        val request = ExportBundle(
            dossiers = listOf(dossier),
            readers = readers.map { it.certificate },
            certificates = emptyList(),
            blobs = BundleBlobs.ALL,
            software = "test",
            handing = Handing(),
        )
        inspector.exportBundle(writer, request, file.path, null)
        return file
    }

    override fun close() {
        inspector.close()
        folder.deleteRecursively()
    }
}
