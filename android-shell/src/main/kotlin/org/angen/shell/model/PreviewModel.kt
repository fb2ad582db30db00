/** A document as it is before it is signed: read field by field, handed on, or made void. */
package org.angen.shell.model

import java.io.File
import uniffi.angen_bindings.DocumentRow

data class PreviewState(
    val lines: List<CopyLine> = emptyList(),
    val row: DocumentRow? = null,
    val pdf: File? = null,
    val docx: File? = null,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
)

/** [stem] is the path of the document's files without their endings. */
class PreviewModel(
    desk: Desk,
    private val dossier: String,
    private val document: String,
    private val stem: String,
) : Model<PreviewState>(desk, PreviewState()) {
    fun load() = ask(
        {
            PreviewState(
                lines = copyLines(File("$stem.csv").readText()),
                row = row(),
                pdf = lent("pdf"),
                docx = lent("docx"),
            )
        },
        failed = { state = state.copy(trouble = it) },
    ) { state = it }

    /** Makes it void: its number is never given again. */
    fun void(reason: String) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null)
        ask(
            {
                desk.inspector.voidDocument(desk.writer(), dossier, document, reason)
                row()
            },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { state = state.copy(isBusy = false, row = it) }
    }

    private fun row(): DocumentRow? {
        var from: ULong? = 0u
        while (from != null) {
            val page = desk.inspector.documents(dossier, from)
            page.rows.find { it.document == document }?.let { return it }
            from = page.next
        }
        return null
    }

    /** The tray lends files by one name: no address leads into a folder. */
    private fun lent(ending: String): File? {
        val made = File("$stem.$ending").takeIf { it.exists() } ?: return null
        return made.copyTo(File(desk.tray, made.name), overwrite = true)
    }
}
