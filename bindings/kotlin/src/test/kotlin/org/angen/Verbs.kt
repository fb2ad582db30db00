/** Calls a verb of a scenario by its name: arguments from JSON, the result as JSON, by reflection. */
package org.angen

import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonNull
import com.google.gson.JsonObject
import com.google.gson.JsonPrimitive
import java.lang.reflect.InvocationTargetException
import kotlin.reflect.KClass
import kotlin.reflect.KParameter
import kotlin.reflect.KType
import kotlin.reflect.full.declaredMemberFunctions
import kotlin.reflect.full.memberProperties
import kotlin.reflect.full.primaryConstructor
import uniffi.angen_bindings.Comment
import uniffi.angen_bindings.DocumentPreview
import uniffi.angen_bindings.FindingRow
import uniffi.angen_bindings.FormState
import uniffi.angen_bindings.FoundPage
import uniffi.angen_bindings.Inspector
import uniffi.angen_bindings.TeachingView
import uniffi.angen_bindings.TodayRow

/** Names under which a page is continued: a scenario reads first pages. */
private val CURSORS = setOf("before", "after", "from")

class Verbs(private val inspector: Inspector, private val atMs: Long) {
    fun call(verb: String, writer: String?, with: JsonObject): JsonElement {
        val function = Inspector::class.declaredMemberFunctions.find { it.name == camel(verb) }
        checkNotNull(function) { "Inspector has no ${camel(verb)}" }
        val arguments = function.parameters.associateWith { parameter ->
            when {
                parameter.kind == KParameter.Kind.INSTANCE -> inspector
                parameter.name == "writer" -> checkNotNull(writer) { "$verb needs an \"as\"" }
                parameter.name == "asOfMs" -> atMs
                parameter.name in CURSORS && parameter.type.isMarkedNullable -> null
                parameter.name == "request" -> value(parameter.type, with)
                else -> value(parameter.type, with[snake(parameter.name!!)] ?: JsonNull.INSTANCE)
            }
        }
        return try {
            shown(function.callBy(arguments))
        } catch (thrown: InvocationTargetException) {
            throw thrown.targetException
        }
    }

    private fun value(type: KType, json: JsonElement): Any? {
        if (json.isJsonNull && type.isMarkedNullable) return null
        val kind = type.classifier as KClass<*>
        val inner = type.arguments.mapNotNull { it.type }
        return when {
            kind == String::class -> json.asString
            kind == Boolean::class -> json.asBoolean
            kind == Long::class -> json.asLong
            kind == UInt::class -> json.asLong.toUInt()
            kind == ULong::class -> json.asLong.toULong()
            // What a scenario does not name is none: of a list, no items.
            kind == List::class && json.isJsonNull -> emptyList<Any>()
            kind == List::class -> json.asJsonArray.map { value(inner[0], it) }
            kind == Map::class -> json.asJsonObject.entrySet().associate { it.key to value(inner[1], it.value) }
            kind.java.isEnum -> kind.java.enumConstants.first { "$it".lowercase() == json.asString }
            kind.isSealed -> variant(kind, json)
            else -> record(kind, json.asJsonObject)
        }
    }

    private fun record(kind: KClass<*>, json: JsonObject): Any {
        val make = checkNotNull(kind.primaryConstructor) { "${kind.simpleName} cannot be made" }
        val given = make.parameters.filter { json.has(snake(it.name!!)) || !it.isOptional }
        return make.callBy(given.associateWith { value(it.type, json[snake(it.name!!)] ?: JsonNull.INSTANCE) })
    }

    /** `"adopted"`, or an object whose `kind` names the variant and that holds its fields. */
    private fun variant(kind: KClass<*>, json: JsonElement): Any {
        val fields = if (json.isJsonObject) json.asJsonObject else JsonObject()
        val name = fields["kind"]?.asString ?: json.asString
        val made = kind.sealedSubclasses.first { snake(it.simpleName!!) == name }
        return made.objectInstance ?: record(made, fields)
    }

    private fun shown(value: Any?): JsonElement = when (value) {
        null, Unit -> JsonNull.INSTANCE
        is String -> JsonPrimitive(value)
        is Boolean -> JsonPrimitive(value)
        is Int -> JsonPrimitive(value)
        is Long -> JsonPrimitive(value)
        is UInt -> JsonPrimitive(value.toLong())
        is ULong -> JsonPrimitive(value.toLong())
        is Enum<*> -> JsonPrimitive(value.name.lowercase())
        is List<*> -> JsonArray().also { all -> value.forEach { all.add(shown(it)) } }
        is Map<*, *> -> JsonObject().also { all -> value.forEach { (name, it) -> all.add("$name", shown(it)) } }
        else -> JsonObject().also { all ->
            value::class.memberProperties.forEach { all.add(snake(it.name), shown(it.getter.call(value))) }
            shorten(value, all)
        }
    }

    /** Where tests/scenarios/README.md shows less than the record has, or by another name. */
    private fun shorten(value: Any, all: JsonObject) = when (value) {
        is FoundPage -> all.add("rows", all["found"])
        is FormState -> all.add("missing", shown(value.items.filter { it.isMissing }.map { it.name }))
        is FindingRow -> all.add("lacks", shown(value.lacks.map { it.code }))
        is TodayRow -> all.add("board", shown(value.board.map { it.state }))
        is Comment -> all.addProperty("is_answered", value.answer != null)
        is TeachingView -> all.addProperty("skills", value.skills.size)
        is DocumentPreview -> {
            all.add("lacks", shown(value.lacks.map { it.place }))
            all.add("lines", shown(value.lines.size.toLong()))
        }
        else -> Unit
    }

    private fun camel(name: String): String =
        name.split('_').let { words -> words[0] + words.drop(1).joinToString("") { it.replaceFirstChar(Char::uppercase) } }

    private fun snake(name: String): String =
        name.replace(Regex("(?<=[a-z0-9])([A-Z])")) { "_" + it.value }.lowercase()
}
