package org.angen

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.SourceClass

class CaptureTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `a photo is captured by its path with the digest that the JVM computes`() {
        Township(folder).use { township ->
            val file = drawScene(folder.resolve("现场照片 01.jpg"))
            val before = Files.readAllBytes(file)

            val view = township.inspector.captureEvidence(township.first.writer, township.photo(file))

            assertEquals(sha256(file), view.sha256)
            assertEquals(Files.size(file).toULong(), view.length)
            assertEquals("image/jpeg", view.media.mime)
            assertEquals(64, view.sm3.length)
            assertTrue(view.sameOriginal.isEmpty())
            assertTrue(before.contentEquals(Files.readAllBytes(file)), "the original was changed")

            val blob = folder.resolve("库/blobs/${view.address.take(2)}/${view.address}")
            assertEquals(view.address, sha256(blob), "a blob's address is the digest of its file")
            assertNotEquals(view.sha256, view.address, "a blob is encrypted")
        }
    }

    @Test
    fun `the same photo used twice is noticed`() {
        Township(folder).use { township ->
            val file = drawScene(folder.resolve("one.jpg"))
            val copy = Files.copy(file, folder.resolve("another name.jpg"))
            Files.setLastModifiedTime(copy, FileTime.fromMillis(0))
            val earlier = township.inspector.captureEvidence(township.first.writer, township.photo(file))

            val later = township.inspector.captureEvidence(township.second.writer, township.photo(copy))

            assertEquals(listOf(earlier.op), later.sameOriginal)
        }
    }

    @Test
    fun `a truncated photo is refused with its name, in both languages, and nothing is kept`() {
        Township(folder).use { township ->
            val whole = Files.readAllBytes(drawScene(folder.resolve("whole.jpg")))
            val cut = Files.write(folder.resolve("截断.jpg"), whole.copyOf(whole.size / 2))

            val refused = assertThrows(ApiException.Invalid::class.java) {
                township.inspector.captureEvidence(township.first.writer, township.photo(cut))
            }

            assertEquals("截断.jpg", refused.place)
            assertTrue("文件不完整" in refused.zh, refused.zh)
            assertTrue("cut off" in refused.en, refused.en)
            val blobs = Files.walk(folder.resolve("库/blobs")).use { files ->
                files.filter(Files::isRegularFile).toList()
            }
            assertTrue(blobs.isEmpty(), "left behind: $blobs")
        }
    }

    @Test
    fun `a file that is not there, and a body camera without its serial, say which and why`() {
        Township(folder).use { township ->
            val absent = folder.resolve("absent.jpg")
            val missing = assertThrows(ApiException.NotFound::class.java) {
                township.inspector.captureEvidence(township.first.writer, township.photo(absent))
            }
            assertTrue("absent.jpg" in missing.en, missing.en)

            val photo = township.photo(drawScene(folder.resolve("a.jpg")))
                .copy(source = SourceClass.BODY_CAMERA)
            val unnamed = assertThrows(ApiException.Invalid::class.java) {
                township.inspector.captureEvidence(township.first.writer, photo)
            }
            assertEquals("source_note", unnamed.place)
        }
    }

    @Test
    fun `a disk without room refuses the capture before it begins`() {
        Township(folder).use { township ->
            township.disk.freeBytes = 4096u
            val photo = township.photo(drawScene(folder.resolve("a.jpg")))
            assertThrows(ApiException.StorageFull::class.java) {
                township.inspector.captureEvidence(township.first.writer, photo)
            }

            township.disk.freeBytes = null
            val view = township.inspector.captureEvidence(township.first.writer, photo)
            assertFalse(view.op.isEmpty())
        }
    }
}
