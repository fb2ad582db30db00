package org.angen

import java.nio.file.Path
import java.util.UUID
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.EnrolOfficer
import uniffi.angen_bindings.Establish
import uniffi.angen_bindings.Inspector
import uniffi.angen_bindings.Role

class PeopleTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `a township is established once, with a root, and officers of their own writers`() {
        Township(folder).use { township ->
            assertEquals(64, township.established.root.length)
            assertEquals(township.established, township.inspector.established())
            assertNotEquals(township.first.writer, township.second.writer)
            assertEquals("陈立新", township.first.name)
            assertEquals(Role.ENFORCER, township.first.role)

            val again = assertThrows(ApiException.Invalid::class.java) {
                township.inspector.establish(Establish("371102100", "河山镇", "某局", "某人"))
            }
            assertEquals("init", again.place)
        }
    }

    @Test
    fun `before it is established there is nothing to find`() {
        val disk = JvmDisk()
        Inspector.open(folder.toString(), JvmClock(), JvmKeys(), disk).use { inspector ->
            assertThrows(ApiException.NotFound::class.java) { inspector.established() }
        }
    }

    @Test
    fun `an area that is no township is refused at its field, in both languages`() {
        Inspector.open(folder.toString(), JvmClock(), JvmKeys(), JvmDisk()).use { inspector ->
            val refused = assertThrows(ApiException.Invalid::class.java) {
                inspector.establish(Establish("３７１１０２１００", "河山镇", "某局", "某人"))
            }
            assertEquals("area", refused.place)
            assertTrue("半角" in refused.zh && "9 digits" in refused.en, refused.message)
        }
    }

    @Test
    fun `an officer cannot enrol officers`() {
        Township(folder).use { township ->
            val request = EnrolOfficer("赵一", Role.ASSISTANT, "河山镇人民政府")
            assertThrows(ApiException.NotAllowed::class.java) {
                township.inspector.enrolOfficer(township.first.writer, request)
            }
        }
    }

    @Test
    fun `a writer that is not here is not found, and text that is no id is invalid`() {
        Township(folder).use { township ->
            val photo = township.photo(drawScene(folder.resolve("a.jpg")))
            val stranger = UUID.randomUUID().toString()
            val unknown = assertThrows(ApiException.NotFound::class.java) {
                township.inspector.captureEvidence(stranger, photo)
            }
            assertTrue(stranger in unknown.en, unknown.en)
            val noId = assertThrows(ApiException.Invalid::class.java) {
                township.inspector.captureEvidence("陈立新", photo)
            }
            assertEquals("writer", noId.place)
            val nested = assertThrows(ApiException.Invalid::class.java) {
                township.inspector.captureEvidence(township.first.writer, photo.copy(dossier = "?"))
            }
            assertEquals("dossier", nested.place)
        }
    }
}
