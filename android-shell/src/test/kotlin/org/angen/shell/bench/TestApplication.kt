/** The app as it is, on a phone without a key store, at an hour that tests choose. */
package org.angen.shell.bench

import java.io.File
import java.util.concurrent.atomic.AtomicLong
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
import org.angen.shell.host.PhoneDisk
import org.angen.shell.host.ScreenRunner
import org.angen.shell.host.ShellApplication
import org.angen.shell.model.Desk
import org.angen.shell.model.Pepper
import uniffi.angen_bindings.Clock
import uniffi.angen_bindings.ClockSource
import uniffi.angen_bindings.Inspector
import uniffi.angen_bindings.Keys
import uniffi.angen_bindings.Moment
import uniffi.angen_bindings.Transport

open class TestApplication : ShellApplication() {
    val time = TestClock()
    val screenRunner = ScreenRunner()
    private val desks = HashMap<String, Desk>()

    /** Which phone is in the hand: each has keys, a database and files of its own. */
    var inHand = "phone"

    /** What lies on the phone in the hand. */
    val home: File get() = File(noBackupFilesDir, inHand).apply { mkdirs() }

    private val vaults = HashMap<String, TestVault>()

    /** The keys of the phone in the hand. */
    val testVault: TestVault get() = vaults.getOrPut(inHand) { TestVault() }

    override val desk: Desk get() = desks.getOrPut(inHand) { makeDesk(home) }

    override fun beginAnew() {
        desks.remove(inHand)
    }

    override fun vault(): Keys = testVault

    override fun pepper() = Pepper { input ->
        Mac.getInstance("HmacSHA256").run {
            init(SecretKeySpec(ByteArray(32) { 7 }, "HmacSHA256"))
            doFinal(input)
        }
    }

    /** `PinsTest` tells PINs as slow as the app has them. */
    override val pinRounds get() = 1_000

    override fun clock(): Clock = time

    override fun open(folder: File, clock: Clock, keys: Keys): Inspector =
        Inspector.open(folder.path, clock, keys, PhoneDisk())

    override fun runner() = screenRunner

    override val transport: Transport by lazy { JvmTransport(cacheDir) }

    private var scenes = 0

    /** A photo of a grinder without its guard, as a camera would have written it: no two alike. */
    fun scene(): File {
        scenes += 1
        return drawScene(File(cacheDir, "scene-$scenes.jpg"), scenes)
    }
}

/** Nine in the morning of 2026-09-15 in China; each reading is a second later. */
class TestClock : Clock {
    private val wallMs = AtomicLong(1_789_434_000_000)

    override fun now(): Moment {
        val now = wallMs.addAndGet(1_000)
        return Moment(now, (now - BOOTED_MS).toULong(), "00000000-0000-4000-8000-00000000b007")
    }

    override fun source() = ClockSource.NETWORK

    fun forward(ms: Long) = wallMs.addAndGet(ms)

    /** Goes on to an hour, where it is not later already. */
    fun notBefore(ms: Long) {
        wallMs.accumulateAndGet(ms) { before, given -> maxOf(before, given) }
    }

    private companion object {
        const val BOOTED_MS = 1_789_000_000_000
    }
}
