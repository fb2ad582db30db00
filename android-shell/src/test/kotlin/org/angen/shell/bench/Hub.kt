/** A hub in a process of its own, certified by the administrator of the township on a phone. */
package org.angen.shell.bench

import android.graphics.Color
import java.io.File
import java.nio.file.Files
import java.util.concurrent.TimeUnit
import org.json.JSONObject
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue

const val ORIGIN = "rizhao.example/donggang/1"

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

        /**
         * The hub makes its keys, the phone in front of the screen of hubs scans and certifies
         * them, and the file that it has saved is all that goes back.
         */
        fun certifiedBy(phone: Phone, look: Phone.() -> Unit = {}): Hub {
            val folder = Files.createTempDirectory("hub").toFile()
            val data = File(folder, "data").path
            val certificate = File(folder, "hub.certificates")
            phone.certify(shown("hub", "keys", "--data", data, "--qr"), certificate, look)
            val root = phone.desk.inspector.established().root
            val serve = arrayOf("hub", "serve", "--data", data, "--listen", "127.0.0.1:0")
            val process = start(*serve, "--root", root, "--certificate", certificate.path)
            val said = process.inputStream.bufferedReader().readLine()
            assertTrue("the hub says nothing: is ${program()} built?", said != null)
            return Hub(process, "http://" + JSONObject(said).getString("listening"), data)
        }

        /** From today: the administrator certifies it on this phone, and hands the phone back. */
        fun certifiedFor(phone: Phone, back: Hand): Hub {
            phone.handOver(ADMINISTRATOR)
            phone.tap("更多")
            phone.tap("人员与本机")
            phone.tap("平台证书")
            val hub = certifiedBy(phone)
            repeat(3) { phone.back() }
            phone.handOver(back)
            return hub
        }

        private fun angen(vararg line: String): JSONObject =
            JSONObject(shown("--json", *line).joinToString("\n"))

        /** What stands on the hub's own screen. */
        private fun shown(vararg line: String): List<String> {
            val process = run(*line)
            val said = process.inputStream.bufferedReader().readText()
            assertEquals("angen ${line.joinToString(" ")}: $said", 0, process.waitFor())
            return said.trimEnd('\n').lines()
        }

        private fun start(vararg line: String): Process = run("--json", *line)

        private fun run(vararg line: String): Process =
            ProcessBuilder(program(), *line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()

        private fun program(): String = System.getProperty("angen.program")!!
    }
}

/** On the screen of hubs: what is no key is refused first. */
private fun Phone.certify(shown: List<String>, file: File, look: Phone.() -> Unit) {
    val (keys, code) = shown[0] to shown.drop(1)
    type("平台名称", "区平台")
    type("运行单位", "日照市东港区应急管理局")
    type("日志名", ORIGIN)
    type("粘贴文字", keys.drop(1))
    tap("签发证书")
    sees("不是平台公钥")
    tap("扫平台公钥")
    // A dark screen, as most are, and one that shows the same signs dark on light.
    shoot(photoOfBlocks(code, application.cacheDir, Color.rgb(20, 22, 24), Color.LTGRAY))
    sees("已扫码")
    tap("扫平台公钥")
    shoot(photoOfBlocks(code, application.cacheDir, Color.WHITE, Color.rgb(20, 22, 24)))
    sees("已扫码")
    tap("签发证书")
    sees("已签发")
    sees(ORIGIN)
    sees(desk.inspector.established().root)
    look()
    tap("保存到文件")
    saveAs(file)
    sees("已保存")
}
