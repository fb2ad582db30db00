package org.angen

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.Inspector

/** Reads in the test of open files. */
private const val READS = 1_000

/** Captures in the same test: each waits for the disk several times. */
private const val CAPTURES = 60

class LifeTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `a paused database holds no file open, and resumes where it was`() {
        Township(folder).use { township ->
            val photo = township.photo(drawScene(folder.resolve("a.jpg")))
            val earlier = township.inspector.captureEvidence(township.first.writer, photo)

            township.inspector.pause()
            assertEquals(emptyList<String>(), openFilesBelow(folder))
            assertThrows(ApiException.Paused::class.java) {
                township.inspector.captureEvidence(township.first.writer, photo)
            }
            assertThrows(ApiException.Paused::class.java) { township.inspector.established() }

            township.inspector.resume()
            val later = township.inspector.captureEvidence(township.first.writer, photo)
            assertEquals(listOf(earlier.op), later.sameOriginal)
        }
    }

    @Test
    fun `what was captured is there after the app was closed and opened again`() {
        val township = Township(folder)
        val photo = township.photo(drawScene(folder.resolve("a.jpg")))
        val earlier = township.inspector.captureEvidence(township.first.writer, photo)
        township.close()
        assertEquals(emptyList<String>(), openFilesBelow(folder))

        val database = folder.resolve("库").toString()
        Inspector.open(database, township.clock, township.keys, township.disk).use { inspector ->
            val later = inspector.captureEvidence(township.second.writer, photo)
            assertEquals(listOf(earlier.op), later.sameOriginal)
        }
    }

    @Test
    fun `a thousand calls, good and bad, leave no file open`() {
        Township(folder).use { township ->
            val scene = drawScene(folder.resolve("a.jpg"))
            val photo = township.photo(scene)
            val cut = township.photo(Files.write(folder.resolve("cut.jpg"), Files.readAllBytes(scene).copyOf(900)))
            val round = {
                township.inspector.captureEvidence(township.first.writer, photo)
                assertThrows(ApiException.Invalid::class.java) {
                    township.inspector.captureEvidence(township.first.writer, cut)
                }
                township.inspector.established()
            }
            round()
            val before = openFiles().size

            repeat(CAPTURES) { round() }
            repeat(READS - 3 * CAPTURES) { township.inspector.established() }

            assertEquals(before, openFiles().size, "open files grew: ${openFilesBelow(folder)}")
        }
    }

    @Test
    fun `officers on several threads write one after the other and none is lost`() {
        Township(folder).use { township ->
            val threads = Executors.newFixedThreadPool(4)
            val captures = List(24) { number ->
                Callable {
                    val writer = if (number % 2 == 0) township.first.writer else township.second.writer
                    val file = drawScene(folder.resolve("$number.jpg"), number, 64, 48)
                    township.inspector.captureEvidence(writer, township.photo(file)) to sha256(file)
                }
            }
            val done = threads.invokeAll(captures).map { it.get() }
            threads.shutdown()

            assertEquals(24, done.map { (view, _) -> view.op }.toSet().size)
            done.forEach { (view, digest) -> assertEquals(digest, view.sha256) }
            val again = township.photo(folder.resolve("7.jpg"))
            val view = township.inspector.captureEvidence(township.first.writer, again)
            assertTrue(done[7].first.op in view.sameOriginal)
        }
    }
}

/** What this process has open, as Linux tells it. */
private fun openFiles(): List<String> =
    Files.list(Path.of("/proc/self/fd")).use { handles ->
        handles.toList().mapNotNull { runCatching { Files.readSymbolicLink(it).toString() }.getOrNull() }
    }

private fun openFilesBelow(folder: Path): List<String> =
    openFiles().filter { it.startsWith(folder.toRealPath().toString()) }
