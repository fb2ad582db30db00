package org.angen.shell

import android.app.Activity
import android.content.Intent
import java.io.File
import org.angen.shell.bench.CHEN
import org.angen.shell.bench.DeskApplication
import org.angen.shell.bench.Hub
import org.angen.shell.bench.Phone
import org.angen.shell.bench.SECOND
import org.angen.shell.bench.WANG
import org.angen.shell.bench.beginWork
import org.angen.shell.bench.handOver
import org.angen.shell.bench.handedOut
import org.angen.shell.bench.look
import org.angen.shell.bench.picture
import org.angen.shell.host.TrayProvider
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** A stick goes from the phone to a hub that no network reaches, and brings the receipts back. */
@RunWith(RobolectricTestRunner::class)
@Config(application = DeskApplication::class)
class BundleTest {
    private val phone = Phone()

    @After
    fun close() = phone.close()

    @Test
    fun `a bundle goes out by a stick, and the receipts that come back clear what waits`() {
        phone.beginWork()
        phone.application.time.notBefore(System.currentTimeMillis())
        Hub.certifiedBy(phone).use { hub ->
            openBundles()
            phone.tap("区平台")
            phone.tap(SECOND)
            phone.look("bundle") {
                tap("区平台")
                tap(SECOND)
            }
            phone.tap("写摆渡包")
            phone.sees("收件人：区平台、$SECOND")
            phone.picture("bundle-made-zh-light-1.0")
            val stick = ontoStick()
            val head = stick.readBytes()
            assertTrue(hub.take(stick).getInt("new_ops") > 3)
            assertTrue("the stick tells what it carries", "河山镇".toByteArray() !in head)
            val back = File(phone.desk.tray, "receipts.angenb")
            val sent = hub.receipts(CHEN.name, back)
            phone.tap("收进文件")
            phone.choose(back)
            phone.sees("新记录 0 条，新文件 0 个，回执 ${sent.getInt("receipts")} 份")
        }
        val waits = phone.desk.inspector.waiting(null).rows
        assertEquals(emptyList<String>(), waits.map { it.dossier })
        phone.tap("区平台")
        phone.tap("写摆渡包")
        phone.sees("没有要带走的")
    }

    @Test
    fun `a file for somebody else is carried on unread, and a broken one changes nothing`() {
        phone.beginWork()
        openBundles()
        phone.tap(SECOND)
        phone.tap("写摆渡包")
        val made = phone.desk.tray.listFiles()!!.single { it.extension == "angenb" }
        phone.tap("收进文件")
        phone.choose(made)
        phone.sees("这个包是给 $SECOND 的")
        val digest = phone.desk.inspector.projectionDigest()
        val broken = File(phone.desk.tray, "broken.angenb")
        broken.writeBytes(made.readBytes().copyOf(900))
        repeat(2) { phone.back() }
        phone.handOver(WANG)
        openBundles()
        phone.tap("收进文件")
        phone.choose(broken)
        phone.seesNot("已收进")
        assertEquals(digest, phone.desk.inspector.projectionDigest())
        phone.tap("收进文件")
        phone.choose(made)
        phone.sees("已收进，没有新的内容")
    }

    private fun openBundles() {
        phone.tap("更多")
        phone.tap("摆渡包")
    }

    /** The system's picker names a place on the stick, and the app writes there. */
    private fun ontoStick(): File {
        phone.tap("存到 U 盘")
        val asked = phone.handedOut(Intent.ACTION_CREATE_DOCUMENT)
        val name = asked.getStringExtra(Intent.EXTRA_TITLE)!!
        assertTrue(name, name.startsWith("angen-") && name.endsWith(".angenb"))
        val stick = File(phone.desk.tray, "stick.angenb").apply { createNewFile() }
        val place = Intent().setData(TrayProvider.uriOf(phone.application, stick))
        shadowOf(phone.screen).receiveResult(asked, Activity.RESULT_OK, place)
        phone.settle()
        phone.sees("已存好：$name")
        return stick
    }

    private operator fun ByteArray.contains(part: ByteArray): Boolean =
        (0..size - part.size).any { at -> part.indices.all { this[at + it] == part[it] } }
}
