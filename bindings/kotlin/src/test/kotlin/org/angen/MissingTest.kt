package org.angen

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.PlanAssistance

class MissingTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `a planned visit says in both languages what is missing, and which verb resolves it`() {
        Township(folder).use { township ->
            val visit = township.inspector.planAssistance(
                township.established.administrator,
                PlanAssistance(round = 1u, profile = "since-2025", mentors = listOf()),
            )

            val missing = township.inspector.missing(visit.dossier, 1_795_420_800_000)

            assertFalse(missing.isEmpty())
            val training = missing.first { it.code.contains("training") }
            assertTrue(training.isOpen)
            assertTrue(training.zh.contains("培训"), training.zh)
            assertTrue(training.en.contains("training"), training.en)
            assertEquals(visit.dossier, training.dossier)
        }
    }

    @Test
    fun `a dossier that is not here is said to be not here`() {
        Township(folder).use { township ->
            assertThrows(ApiException.NotFound::class.java) {
                township.inspector.missing("00000000-0000-4000-8000-000000000000", 0)
            }
        }
    }
}
