/** Lines of what is missing: where two say the same of different things, each names its own. */
package org.angen.shell.model

import uniffi.angen_bindings.Bilingual
import uniffi.angen_bindings.MissingView

/**
 * The lines in both languages, in their order. A sentence that stands there once says enough; one
 * that repeats is no use at the gate unless it tells which check it is about.
 */
fun linesOf(missing: List<MissingView>): List<Bilingual> {
    val times = missing.groupingBy { it.zh }.eachCount()
    return missing.map { line ->
        val repeats = checkNotNull(times[line.zh]) > 1
        val name = line.title.takeIf { repeats && it.isNotEmpty() && it !in line.zh }
        when (name) {
            null -> Bilingual(line.zh, line.en)
            else -> Bilingual("$name：${line.zh}", "$name: ${line.en}")
        }
    }
}
