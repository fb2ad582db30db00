/** The sheet to copy from 平台录入单, read back: a document field by field, for the eye. */
package org.angen.shell.model

/** A field of a document: what it is called in both languages, and what stands there. */
data class CopyLine(val zh: String, val en: String, val words: String)

private const val COLUMNS = 5

/** The lines of the table (RFC 4180) below its head; a row of another width is no line. */
fun copyLines(table: String): List<CopyLine> =
    records(table.removePrefix("\uFEFF")).drop(1).filter { it.size == COLUMNS }
        .map { (_, zh, en, _, words) -> CopyLine(zh, en, words.removePrefix("'")) }

/** Records and their cells; within quotes a comma and a line's end are text. */
private fun records(table: String): List<List<String>> {
    val records = mutableListOf<List<String>>()
    var cells = mutableListOf<String>()
    val cell = StringBuilder()
    var isQuoted = false
    var at = 0
    while (at < table.length) {
        val here = table[at]
        when {
            isQuoted && here == '"' && table.getOrNull(at + 1) == '"' -> cell.append(here).also { at++ }
            here == '"' -> isQuoted = !isQuoted
            isQuoted -> cell.append(here)
            here == ',' -> cells += cell.toString().also { cell.clear() }
            here == '\n' -> {
                cells += cell.toString().also { cell.clear() }
                records += cells
                cells = mutableListOf()
            }
            here != '\r' -> cell.append(here)
        }
        at++
    }
    if (cell.isNotEmpty() || cells.isNotEmpty()) records += cells + cell.toString()
    return records
}
