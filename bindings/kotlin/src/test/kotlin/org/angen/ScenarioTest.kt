package org.angen

import java.nio.file.Files
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

class ScenarioTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `every scenario ends in the digest that it ends in under Rust`() {
        val files = Files.list(Path.of("../../tests/scenarios")).use { all ->
            all.filter { it.toString().endsWith(".json") }.sorted().toList()
        }
        assertTrue(files.size >= 3, "there are no scenarios")
        files.forEachIndexed { at, file ->
            val scenario = Scenario(file)
            val place = Files.createDirectory(folder.resolve("$at"))
            assertEquals(scenario.digest, scenario.play(place), "$file")
        }
    }
}
