package org.angen.shell

import android.app.job.JobParameters
import android.os.Parcel
import java.io.File
import org.angen.shell.bench.ADMINISTRATOR
import org.angen.shell.bench.Dress
import org.angen.shell.bench.FIRST
import org.angen.shell.bench.Hub
import org.angen.shell.bench.LIU
import org.angen.shell.bench.Phone
import org.angen.shell.bench.SECOND
import org.angen.shell.bench.beginWork
import org.angen.shell.bench.faults
import org.angen.shell.bench.joins
import org.angen.shell.bench.openScreen
import org.angen.shell.bench.picture
import org.angen.shell.bench.settleTownship
import org.angen.shell.sync.SyncJob
import org.angen.shell.view.SettleScreen
import org.angen.shell.view.TodayScreen
import org.angen.shell.view.WipeScreen
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.BundleBlobs
import uniffi.angen_bindings.EnrolOfficer
import uniffi.angen_bindings.ExportBundle
import uniffi.angen_bindings.Handing
import uniffi.angen_bindings.PlanAssistance
import uniffi.angen_bindings.Role
import uniffi.angen_bindings.WriteNote

/** A phone that is ordered to be emptied: told, sent first, emptied, and begun anew. */
@RunWith(RobolectricTestRunner::class)
class WipeTest {
    private val office = Phone("office")
    private val field = Phone("field")

    @After
    fun close() {
        office.close()
        field.close()
    }

    @Test
    fun `a sync brings the order, what is not sent goes first, and the phone begins anew`() {
        met { hub ->
            writes()
            val (data, tray) = field.data to field.desk.tray
            File(tray, "left.jpg").writeText("a photo that was never kept")
            val liu = checkNotNull(field.desk.worker).writer
            order(office, liu)
            office.tap("更多")
            office.tap("同步")
            office.sync(hub)

            field.tap("现在同步")
            assertTrue("the order is in front:\n${field.said()}", field.screen is WipeScreen)
            listOf("本机要清空", "管理员 于", "手机遗失", "没有要丢失的", "已清空").forEach(field::sees)
            assertNull(field.desk.worker)
            assertEquals(emptyList<String>(), left(data))
            assertEquals(emptyList<String>(), tray.list().orEmpty().toList())
            assertThrows(Exception::class.java) { field.application.testVault.publicKey(liu) }
            assertFalse("the PIN is gone", liu in File(data.parentFile, "pins").readText())
            field.picture("wipe-done-zh-light-1.0")

            field.tap("从头开始")
            assertTrue(field.screen is SettleScreen)
            assertThrows(ApiException.NotFound::class.java) { field.desk.inspector.established() }
            val kept = office.desk.inspector
            office.tap("现在同步")
            assertTrue("what was sent is at the station",
                kept.dossiers("assistance", null).rows.isNotEmpty())
        }
    }

    @Test
    fun `a sync in the background carries it out while nobody looks`() {
        met { hub ->
            field.back()
            writes()
            val data = field.data
            order(office, checkNotNull(field.desk.worker).writer)
            office.tap("更多")
            office.tap("同步")
            office.sync(hub)

            field.take()
            val job = Robolectric.setupService(SyncJob::class.java)
            assertTrue(job.onStartJob(JobParameters.CREATOR.createFromParcel(Parcel.obtain())))
            field.settle()
            assertEquals(emptyList<String>(), left(data))
            assertNull(field.desk.worker)
            // The screen that was left open does not show what is gone.
            field.back()
            assertTrue(field.said(), field.screen is SettleScreen)
        }
    }

    @Test
    fun `an app that was killed before or in the middle of it goes on at its next start`() {
        office.settleTownship()
        field.joins(office, LIU)
        writes()
        val (data, liu) = field.data to checkNotNull(field.desk.worker).writer
        order(office, liu)
        carry(office, field)
        // Killed before it began: the order stands, nobody is signed in, and nothing can be sent.
        field.restart()
        assertTrue(field.said(), field.screen is WipeScreen)
        listOf("没有上传，已经不在了", "已清空").forEach(field::sees)
        assertEquals(emptyList<String>(), left(data))
        field.tap("从头开始")
        // Killed in the middle: the key of the database may be gone, and its file still there.
        File(data, "angen.db.damaged-1").writeText("left")
        File(data, "angen.wipe").writeText("$liu\n")
        field.restart()
        assertTrue(field.screen is SettleScreen)
        field.sees("本机已按管理员的指令清空")
        assertFalse(File(data, "angen.db.damaged-1").exists() || File(data, "angen.wipe").exists())
    }

    @Test
    fun `where others work on only the named key goes, and a screen that is open notices`() {
        val work = office.beginWork()
        val second = office.desk.inspector.officers(0).single { it.name == SECOND }.writer
        order(office, second)
        office.openScreen(TodayScreen::class.java)
        assertTrue(office.said(), office.screen is WipeScreen)
        listOf("本机要销毁 $SECOND 的密钥", "其他人照常工作").forEach(office::sees)
        assertThrows(Exception::class.java) { office.application.testVault.publicKey(second) }
        listOf("已经不在", "没有要丢失").forEach(office::seesNot)
        office.tap("继续")
        office.sees(FIRST)
        office.seesNot(SECOND)
        assertNotNull(office.desk.inspector.check(work.check))
    }

    @Test
    fun `the order can be read in every dress`() {
        office.settleTownship()
        val wrong = Dress.ALL.flatMapIndexed { at, dress ->
            val (core, name) = office.desk.inspector to "刘志强$at"
            val who = EnrolOfficer(name, Role.ASSISTANT, "河山镇人民政府", null, null)
            order(office, core.enrolOfficer(core.established().administrator, who).writer)
            dress.put()
            val other = Phone(office.name)
            other.openScreen(WipeScreen::class.java)
            other.picture("wipe-${dress.name}")
            other.sees(name)
            other.faults().map { "${dress.name}: $it" }.also { other.close() }
        }
        Dress.USUAL.put()
        assertEquals("", wrong.joinToString("\n"))
    }

    /** A phone whose app was killed and is opened again. */
    private fun Phone.restart() {
        take()
        application.beginAnew()
        start()
    }

    private val Phone.data get() = File(desk.tray.parentFile, "data")

    private fun left(data: File) = data.list().orEmpty().toList()

    private fun Phone.sync(hub: Hub) {
        type("服务器地址", hub.address)
        tap("现在同步")
        sees("已同步")
    }

    /** A township with a hub, which both phones have met; 刘志强 has joined on one of his own. */
    private fun met(then: (Hub) -> Unit) {
        office.application.time.notBefore(System.currentTimeMillis())
        office.settleTownship()
        field.joins(office, LIU)
        office.tap("更多")
        office.tap("人员与本机")
        office.tap("平台证书")
        Hub.certifiedBy(office).use { hub ->
            repeat(3) { office.back() }
            field.tap("更多")
            field.tap("同步")
            field.sync(hub)
            then(hub)
        }
    }

    private fun writes() {
        val (core, writer) = field.desk.inspector to field.desk.writer()
        val visit = core.planAssistance(writer, PlanAssistance(1u, "since-2025", emptyList()))
        core.writeNote(writer, WriteNote(visit.dossier, "还没有上传", null))
    }

    private fun order(phone: Phone, writer: String) {
        val desk = phone.desk
        val administrator = desk.inspector.established().administrator
        desk.locks.open(administrator, ADMINISTRATOR.pin)
        desk.inspector.orderWipe(administrator, listOf(writer), "手机遗失")
    }

    /** A stick carries the roster from one phone to the other. */
    private fun carry(from: Phone, to: Phone) {
        val core = from.desk.inspector
        val roster = core.established().roster
        val reader = core.readers(0u).rows.single { it.name == LIU.name }
        val file = File(from.desk.tray, "roster.angenb")
        val request = ExportBundle(
            dossiers = listOf(roster),
            readers = listOf(reader.certificate),
            certificates = emptyList(),
            blobs = BundleBlobs.ALL,
            software = "test",
            handing = Handing(),
        )
        core.exportBundle(core.established().administrator, request, file.path, null)
        val copy = File(to.desk.tray, file.name)
        file.copyTo(copy)
        to.desk.inspector.importFile(to.desk.writer(), copy.path)
        copy.delete()
    }
}
