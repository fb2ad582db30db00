/** Plays one scenario file of tests/scenarios, as Rust, Swift and Python do, and gives its digest. */
package org.angen

import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import com.google.gson.JsonPrimitive
import java.nio.file.Files
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.Clock
import uniffi.angen_bindings.ClockSource
import uniffi.angen_bindings.Disk
import uniffi.angen_bindings.Inspector
import uniffi.angen_bindings.Moment
import uniffi.angen_bindings.softwareKeys

/** The start of the device that every scenario runs on. */
private const val BOOT = "00000000-0000-4000-8000-000000000001"

/** Room enough for every scenario. */
private val FREE_BYTES: ULong = 1uL shl 36

/** The clock of the step that is played. */
private class ScenarioClock : Clock {
    @Volatile var wallMs = 0L

    override fun now() = Moment(wallMs, wallMs.toULong(), BOOT)

    override fun source() = ClockSource.MANUAL
}

class Scenario(private val file: Path) {
    private val json: JsonObject = JsonParser.parseString(Files.readString(file)).asJsonObject
    private val name: String = json["name"].asString
    private val kept = HashMap<String, JsonElement>()

    /** The digest that it must end in. */
    val digest: String = json["digest"].asString

    /** Plays every step below an empty folder; all phones must end in one digest. */
    fun play(folder: Path): String {
        val clock = ScenarioClock()
        val disk = object : Disk {
            override fun freeBytes(place: String) = FREE_BYTES
        }
        kept["file"] = paths(folder)
        val phones = HashMap<String, Inspector>()
        try {
            json["steps"].asJsonArray.map { it.asJsonObject }.forEachIndexed { at, step ->
                val phone = step["phone"]?.let { "-${it.asString}" }.orEmpty()
                val inspector = phones.getOrPut(phone) {
                    val keys = softwareKeys(folder.resolve("keys$phone").toString())
                    Inspector.open(folder.resolve("$name$phone").toString(), clock, keys, disk)
                }
                clock.wallMs = step["at_ms"].asLong
                step(Verbs(inspector, clock.wallMs), "$name, step ${at + 1}", step)
            }
            return phones.values.map { it.projectionDigest() }.distinct().single()
        } finally {
            phones.values.forEach { it.close() }
        }
    }

    private fun step(verbs: Verbs, at: String, step: JsonObject) {
        val verb = step["verb"].asString
        val place = "$at: $verb"
        val writer = step["as"]?.let { filled(it).asString }
        val with = step["with"]?.let { filled(it).asJsonObject } ?: JsonObject()
        val result = runCatching { verbs.call(verb, writer, with) }
        val fails = step["fails"]
        if (fails != null) {
            val error = result.exceptionOrNull() as? ApiException
            meets(place, fails, failure(checkNotNull(error) { "$place gave ${result.getOrThrow()}" }))
            return
        }
        val shown = result.getOrElse { throw AssertionError("$place: ${said(it)}", it) }
        step["expect"]?.let { meets(place, filled(it), shown) }
        step["keep"]?.let { kept[it.asString] = shown }
    }

    private fun said(error: Throwable) = (error as? ApiException.Invalid)?.let { "${it.place}: ${it.en}" } ?: "$error"

    /** The files of the scenario as absolute paths; those that it writes are below [written]. */
    private fun paths(written: Path) = JsonObject().also { all ->
        json["files"].asJsonObject.entrySet().forEach { (key, name) ->
            val isWritten = name.asString.startsWith("T/")
            val place = if (isWritten) written else file.toAbsolutePath().parent
            all.addProperty(key, place.resolve(name.asString.removePrefix("T/")).normalize().toString())
        }
    }

    /** With every reference replaced, and `base` laid under what stands beside it. */
    private fun filled(value: JsonElement): JsonElement = when {
        value is JsonPrimitive && value.isString && value.asString.startsWith("$") -> referred(value.asString.drop(1))
        value is JsonArray -> JsonArray().also { all -> value.forEach { all.add(filled(it)) } }
        value is JsonObject -> JsonObject().also { all ->
            value["base"]?.let { base -> filled(base).asJsonObject.entrySet().forEach { all.add(it.key, it.value) } }
            value.entrySet().filter { it.key != "base" }.forEach { all.add(it.key, filled(it.value)) }
        }
        else -> value
    }

    private fun referred(reference: String): JsonElement {
        val names = reference.split('.')
        val value = checkNotNull(kept[names[0]]) { "nothing was kept as $$reference" }
        return names.drop(1).fold(value) { inside, name ->
            val next = if (inside is JsonArray) inside[name.toInt()] else inside.asJsonObject[name]
            checkNotNull(next) { "$$reference: there is no $name in $inside" }
        }
    }

    /** Of an object the fields that are named, of a list every item in order, else the value itself. */
    private fun meets(place: String, expected: JsonElement, shown: JsonElement) {
        if (expected is JsonObject && shown is JsonObject) {
            expected.entrySet().forEach { (name, value) ->
                meets("$place.$name", value, checkNotNull(shown[name]) { "$place: no $name in $shown" })
            }
        } else if (expected is JsonArray && shown is JsonArray) {
            assertEquals(expected.size(), shown.size(), "$place: $shown")
            expected.zip(shown).forEach { (item, found) -> meets(place, item, found) }
        } else {
            assertEquals(expected, shown, place)
        }
    }

    private fun failure(error: ApiException) = JsonObject().also {
        it.addProperty("kind", error.javaClass.simpleName)
        it.addProperty("place", (error as? ApiException.Invalid)?.place)
    }
}
