package org.angen

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.angen_bindings.Changed
import uniffi.angen_bindings.Changes
import uniffi.angen_bindings.FfiConverterTypeChanges
import uniffi.angen_bindings.FfiConverterTypeClock
import uniffi.angen_bindings.FfiConverterTypeDisk
import uniffi.angen_bindings.FfiConverterTypeKeys
import uniffi.angen_bindings.Inspector

/** How often the database is opened; each time with a watch. */
private const val OPENS = 100

/** Calls each time. */
private const val CALLS = 100

/** How long a thread of a watch may take to end. */
private const val PATIENCE_MS = 5_000L

class ObjectsTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `ten thousand calls leave no object of the app behind in the core`() {
        val township = Township(folder)
        township.close()
        val database = folder.resolve("库").toString()
        val before = held()

        repeat(OPENS) {
            val clock = JvmClock()
            Inspector.open(database, clock, township.keys, township.disk).use { inspector ->
                val listener = object : Changes {
                    override fun changed(changed: Changed) = Unit
                }
                inspector.watch(listener).use { repeat(CALLS) { inspector.established() } }
            }
        }

        val until = System.currentTimeMillis() + PATIENCE_MS
        while (held() != before && System.currentTimeMillis() < until) Thread.sleep(20)
        assertEquals(before, held())
    }
}

/** How many clocks, key stores, disks and listeners the core holds. */
private fun held(): List<Int> = listOf(
    FfiConverterTypeClock.handleMap.size,
    FfiConverterTypeKeys.handleMap.size,
    FfiConverterTypeDisk.handleMap.size,
    FfiConverterTypeChanges.handleMap.size,
)
