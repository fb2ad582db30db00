package org.angen

import java.nio.file.Files
import java.nio.file.Path
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test
import uniffi.angen_bindings.Inspector

/** Calls that are averaged. */
private const val CALLS = 20_000

/** Pages that are averaged. */
private const val PAGES = 200

/** Photos of which the median is taken. */
private const val PHOTOS = 9

/**
 * What the way over the boundary costs; `cargo xtask bench -- phone` runs it beside the same work
 * in Rust. Of each figure the first rounds do not count: the JVM compiles what it meets often.
 */
@Tag("bench")
class CostsBench {
    @Test
    fun costs() {
        val folder = Path.of(System.getProperty("angen.costs.folder"))
        val before = residentKib()
        val start = System.nanoTime()
        val keys = JvmKeys()
        val inspector = Inspector.open(folder.resolve("register").toString(), JvmClock(), keys, JvmDisk())
        val first = inspector.findEnterprises("机械", null)
        val open = System.nanoTime() - start
        check(first.found.size == 50) { "a page of ${first.found.size} rows" }

        val call = mean(CALLS) { inspector.established() }
        val page = mean(PAGES) { inspector.findEnterprises("机械", null) }
        inspector.close()

        val photo = photos(folder)
        val said = listOf(
            "open_ns" to open,
            "call_ns" to call,
            "page_ns" to page,
            "photo_ns" to photo,
            "resident_before_kib" to before,
            "resident_after_kib" to residentKib(),
        )
        val json = said.joinToString(",", "{", "}") { (name, value) -> "\"$name\":$value" }
        Files.writeString(folder.resolve("costs.json"), json)
    }

    /** The median time of capturing one file by its path. */
    private fun photos(folder: Path): Long =
        Township(Files.createDirectory(folder.resolve("township"))).use { township ->
            val request = township.photo(folder.resolve("photo.jpg"))
            val times = List(PHOTOS) {
                val start = System.nanoTime()
                township.inspector.captureEvidence(township.first.writer, request)
                System.nanoTime() - start
            }
            times.sorted()[PHOTOS / 2]
        }
}

private fun mean(times: Int, work: () -> Unit): Long {
    repeat(times / 10) { work() }
    val start = System.nanoTime()
    repeat(times) { work() }
    return (System.nanoTime() - start) / times
}

/** Resident memory of this process, the JVM's own included. */
private fun residentKib(): Long =
    Files.readAllLines(Path.of("/proc/self/status"))
        .first { it.startsWith("VmRSS:") }
        .filter(Char::isDigit)
        .toLong()
