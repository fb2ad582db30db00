package org.angen

import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit.SECONDS
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.angen_bindings.Changed
import uniffi.angen_bindings.Changes

/** Longer than a watch waits for what comes close together. */
private const val SETTLED_MS = 300L

class WatchTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `a watch hears of what was written, may read from within, and hears nothing once stopped`() {
        Township(folder).use { township ->
            val heard = ConcurrentLinkedQueue<Changed>()
            val first = CountDownLatch(1)
            val watch = township.inspector.watch(
                object : Changes {
                    override fun changed(changed: Changed) {
                        // A screen reads again what it shows: no lock may be held here.
                        township.inspector.established()
                        heard.add(changed)
                        first.countDown()
                    }
                },
            )
            val photo = township.photo(drawScene(folder.resolve("a.jpg")))
            township.inspector.captureEvidence(township.first.writer, photo)
            assertTrue(first.await(10, SECONDS), "nothing was heard")
            assertEquals(listOf(township.established.register), heard.first().dossiers)

            watch.stop()
            Thread.sleep(SETTLED_MS)
            val before = heard.size
            township.inspector.captureEvidence(township.first.writer, photo)
            Thread.sleep(SETTLED_MS)
            assertEquals(before, heard.size)
        }
    }

    @Test
    fun `a listener that throws or hangs keeps no verb from writing`() {
        Township(folder).use { township ->
            val called = CountDownLatch(2)
            val release = CountDownLatch(1)
            val throws = object : Changes {
                override fun changed(changed: Changed) {
                    called.countDown()
                    error("the app is broken")
                }
            }
            val hangs = object : Changes {
                override fun changed(changed: Changed) {
                    called.countDown()
                    release.await()
                }
            }
            val watches = listOf(throws, hangs).map { township.inspector.watch(it) }
            val photo = township.photo(drawScene(folder.resolve("a.jpg")))
            val earlier = township.inspector.captureEvidence(township.first.writer, photo)
            assertTrue(called.await(10, SECONDS), "a listener was not called")
            val later = township.inspector.captureEvidence(township.first.writer, photo)
            assertEquals(listOf(earlier.op), later.sameOriginal)
            release.countDown()
            watches.forEach { it.close() }
        }
    }
}
