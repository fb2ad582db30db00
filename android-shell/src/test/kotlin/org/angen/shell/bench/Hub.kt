/** A hub in a process of its own, certified by the administrator of the township on a phone. */
package org.angen.shell.bench

import java.io.File
import java.nio.file.Files
import java.util.concurrent.TimeUnit
import org.json.JSONObject
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue

/** [address] is what an officer types into the sync screen. */
class Hub private constructor(
    private val process: Process,
    val address: String,
    private val data: String,
) : AutoCloseable {
    /** Takes a stick in while it serves, and says what came. */
    fun take(stick: File): JSONObject = angen("hub", "import", stick.path, "--data", data)

    /** Writes the receipts for somebody by name, for a stick that goes back. */
    fun receipts(reader: String, to: File): JSONObject =
        angen("hub", "export-receipts", "--data", data, "--for", reader, "--out", to.path)

    override fun close() {
        process.destroy()
        assertTrue("the hub does not end", process.waitFor(ENDS_S, TimeUnit.SECONDS))
    }

    companion object {
        private const val ENDS_S = 20L

        /** Makes the hub's keys, certifies them over the phone's database, and starts it. */
        fun certifiedBy(phone: Phone): Hub {
            val folder = Files.createTempDirectory("hub").toFile()
            val data = File(folder, "data").path
            val certificate = File(folder, "hub.cert").path
            val keys = angen("hub", "keys", "--data", data).getString("keys")
            certify(phone, keys, certificate)
            val root = phone.desk.inspector.established().root
            val serve = arrayOf("hub", "serve", "--data", data, "--listen", "127.0.0.1:0")
            val process = start(*serve, "--root", root, "--certificate", certificate)
            val said = process.inputStream.bufferedReader().readLine()
            assertTrue("the hub says nothing: is ${program()} built?", said != null)
            return Hub(process, "http://" + JSONObject(said).getString("listening"), data)
        }

        /** At the desk, while the app is paused: one database, one who writes. */
        private fun certify(phone: Phone, keys: String, out: String) {
            val application = phone.application as DeskApplication
            val database = File(application.noBackupFilesDir, "data")
            val inspector = phone.desk.inspector
            val administrator = inspector.established().administrator
            application.deskVault.layAtDesk(administrator, database, ADMINISTRATOR_PIN)
            inspector.pause()
            angen(
                "--db", database.path, "--pin", ADMINISTRATOR_PIN,
                "hub", "certify", "--keys", keys, "--name", "区平台",
                "--organisation", "日照市东港区应急管理局",
                "--origin", "rizhao.example/donggang/1", "--out", out,
            )
            inspector.resume()
        }

        private fun angen(vararg line: String): JSONObject {
            val process = start(*line)
            val said = process.inputStream.bufferedReader().readText()
            assertEquals("angen ${line.joinToString(" ")}: $said", 0, process.waitFor())
            return JSONObject(said)
        }

        private fun start(vararg line: String): Process =
            ProcessBuilder(program(), "--json", *line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()

        private fun program(): String = System.getProperty("angen.program")!!
    }
}
