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

/** Looks at today that are averaged. */
private const val TODAYS = 20

/** Photos of which the median is taken. */
private const val PHOTOS = 9

/**
 * What the way over the boundary costs; `cargo xtask bench -- phone` runs it beside the same work
 * in Rust. Of each figure the first rounds do not count: the JVM compiles what it meets often.
 */
@Tag("bench")
class CostsBench {
    private val folder = Path.of(System.getProperty("angen.costs.folder"))
    private val said = mutableListOf<Pair<String, Long>>()

    @Test
    fun costs() {
        said += "resident_before_kib" to residentKib()
        register()
        worked()
        said += "photo_ns" to photos()
        said += "resident_after_kib" to residentKib()
        val json = said.joinToString(",", "{", "}") { (name, value) -> "\"$name\":$value" }
        Files.writeString(folder.resolve("costs.json"), json)
    }

    /** The register of 100,000 enterprises. */
    private fun register() {
        val find = { inspector: Inspector -> inspector.findEnterprises("机械", null).found.size }
        opened("register", find).use { inspector ->
            said += "call_ns" to mean(CALLS) { inspector.established() }
            said += "page_ns" to mean(PAGES) { find(inspector) }
        }
    }

    /** The phone in use: 100,000 ops in open checks. */
    private fun worked() {
        val list = { inspector: Inspector -> inspector.dossiers(null, null).rows.size }
        val writer = Files.readString(folder.resolve("writer"))
        val nowMs = Files.readString(folder.resolve("now_ms")).toLong()
        opened("worked", list).use { inspector ->
            said += "dossiers_ns" to mean(PAGES) { list(inspector) }
            said += "today_ns" to mean(TODAYS) { inspector.today(writer, nowMs) }
        }
    }

    /** Opens a database and asks for a first page; that much is measured. */
    private fun opened(name: String, first: (Inspector) -> Int): Inspector {
        val start = System.nanoTime()
        val inspector = Inspector.open(folder.resolve(name).toString(), JvmClock(), JvmKeys(), JvmDisk())
        val rows = first(inspector)
        said += "open_${name}_ns" to System.nanoTime() - start
        check(rows == 50) { "a page of $rows rows" }
        return inspector
    }

    /** The median time of capturing one file by its path. */
    private fun photos(): Long =
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
