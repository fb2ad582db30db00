package org.angen

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.Disk
import uniffi.angen_bindings.HostException
import uniffi.angen_bindings.Inspector
import uniffi.angen_bindings.PathBuf

class HostTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `a clock that throws ends the verb with its own words, and the next call works`() {
        Township(folder).use { township ->
            val photo = township.photo(drawScene(folder.resolve("a.jpg")))
            val failures = listOf(
                HostException.Failed("the clock was set back"),
                IllegalStateException("no clock at all"),
            )
            for (failure in failures) {
                township.clock.failure = failure
                val error = assertThrows(ApiException.Internal::class.java) {
                    township.inspector.captureEvidence(township.first.writer, photo)
                }
                val words = if (failure is HostException.Failed) failure.why else failure.message!!
                assertTrue(words in error.en && words in error.zh, error.en)
            }

            township.clock.failure = null
            val view = township.inspector.captureEvidence(township.first.writer, photo)
            assertTrue(view.sameOriginal.isEmpty(), "a capture that threw has left an op")
        }
    }

    @Test
    fun `a locked key asks for the PIN and another officer can go on`() {
        Township(folder).use { township ->
            val photo = township.photo(drawScene(folder.resolve("a.jpg")))
            township.keys.lock(township.first.writer)
            val locked = assertThrows(ApiException.Locked::class.java) {
                township.inspector.captureEvidence(township.first.writer, photo)
            }
            assertTrue("PIN" in locked.zh, locked.zh)
            township.inspector.captureEvidence(township.second.writer, photo)

            township.keys.unlock(township.first.writer)
            township.inspector.captureEvidence(township.first.writer, photo)
        }
    }

    @Test
    fun `a key store that gives a wrong signature is found out and nothing is sealed with it`() {
        Township(folder).use { township ->
            val photo = township.photo(drawScene(folder.resolve("a.jpg")))
            val nonsense = mapOf<String, (ByteArray) -> ByteArray>(
                "does not verify" to { it.also { it[40] = (it[40].toInt() xor 1).toByte() } },
                "63 bytes" to { it.copyOf(63) },
                "0 bytes" to { ByteArray(0) },
                "does not verify " to { ByteArray(64) },
            )
            for ((words, tamper) in nonsense) {
                township.keys.tamper = tamper
                val error = assertThrows(ApiException.Internal::class.java) {
                    township.inspector.captureEvidence(township.first.writer, photo)
                }
                assertTrue(words.trim() in error.en, error.en)
            }

            township.keys.tamper = { it }
            val view = township.inspector.captureEvidence(township.first.writer, photo)
            assertTrue(view.sameOriginal.isEmpty(), "a capture that threw has left an op")
        }
    }

    @Test
    fun `a disk that throws ends the capture with its own words`() {
        Township(folder).use { township -> township.inspector.pause() }
        val broken = object : Disk {
            override fun freeBytes(place: PathBuf): ULong = error("the card was pulled out")
        }
        val other = Township(folder.resolve("other"))
        val keys = other.keys
        other.close()
        val database = folder.resolve("other/库").toString()
        Inspector.open(database, JvmClock(), keys, broken).use { inspector ->
            val photo = other.photo(drawScene(folder.resolve("a.jpg")))
            val error = assertThrows(ApiException.Internal::class.java) {
                inspector.captureEvidence(other.first.writer, photo)
            }
            assertTrue("pulled out" in error.en, error.en)
            assertEquals(other.established, inspector.established())
        }
    }
}
