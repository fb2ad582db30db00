package org.angen.shell

import java.io.File
import java.nio.file.Files
import java.util.Base64
import java.util.Properties
import javax.crypto.SecretKeyFactory
import javax.crypto.spec.PBEKeySpec
import org.angen.shell.model.Pepper
import org.angen.shell.model.PinAnswer
import org.angen.shell.model.Pins
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test

class PinsTest {
    private val file = File(Files.createTempDirectory("pins").toFile(), "pins")
    private var now = 0L

    private fun pins(pepper: Pepper = Pepper { it }) = Pins(file, pepper) { now }

    @Test
    fun `a PIN is told right after a restart, and stands in no file`() {
        pins().set("w", "271828")
        assertEquals(PinAnswer.Right, pins().tell("w", "271828"))
        assertEquals(PinAnswer.Wrong(4), pins().tell("w", "271829"))
        assertFalse("271828" in file.readText())
        assertFalse(pins().isSet("other"))
    }

    /** The tests of the screens lend fewer rounds; the app itself must not. */
    @Test
    fun `a PIN takes as many rounds to try as the digest of its kind should`() {
        pins().set("w", "271828")
        val kept = Properties().apply { file.inputStream().use(::load) }
        val (salt, digest) = listOf("salt", "digest")
            .map { Base64.getDecoder().decode(kept.getProperty("w.$it")) }
        val spec = PBEKeySpec("271828".toCharArray(), salt, 300_000, 256)
        val slow = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec)
        assertArrayEquals(slow.encoded, digest)
    }

    @Test
    fun `a PIN of keys that are destroyed is forgotten, and another's is not`() {
        pins().set("w", "271828")
        pins().set("v", "314159")
        pins().forget("w")
        assertFalse(pins().isSet("w"))
        assertEquals(PinAnswer.Right, pins().tell("v", "314159"))
        pins().forget("w")
    }

    @Test
    fun `the file is worth nothing on another phone`() {
        pins().set("w", "271828")
        assertEquals(PinAnswer.Wrong(4), pins(Pepper { it.reversedArray() }).tell("w", "271828"))
    }

    @Test
    fun `tries are counted over restarts, and a restart begins the wait anew`() {
        pins().set("w", "271828")
        repeat(4) { assertEquals(PinAnswer.Wrong(4 - it), pins().tell("w", "000000")) }
        assertEquals(PinAnswer.Wait(30_000), pins().tell("w", "000000"))
        val restarted = pins()
        now += 20_000
        assertEquals(PinAnswer.Wait(30_000), restarted.tell("w", "271828"))
        now += 30_000
        assertEquals(PinAnswer.Right, restarted.tell("w", "271828"))
        assertEquals(PinAnswer.Wrong(4), restarted.tell("w", "000000"))
    }

    @Test
    fun `what is no PIN is not set, and a full width digit is none`() {
        for (text in listOf("", "12345", "1234567", "１２３４５６", "12345a")) {
            assertThrows(IllegalArgumentException::class.java) { pins().set("w", text) }
        }
        assertTrue(!pins().isSet("w"))
    }
}
