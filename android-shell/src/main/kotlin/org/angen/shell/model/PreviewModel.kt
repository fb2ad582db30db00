/** A document as it would stand on paper: read field by field, then issued, handed on, or void. */
package org.angen.shell.model

import java.io.File
import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.DocumentPreview
import uniffi.angen_bindings.DocumentRow
import uniffi.angen_bindings.FileKind
import uniffi.angen_bindings.Form
import uniffi.angen_bindings.PenFields
import uniffi.angen_bindings.PrintDocument
import uniffi.angen_bindings.Sealing

/** [row] is the document once it is issued, [made] its files once they were asked for. */
data class PreviewState(
    val seen: DocumentPreview? = null,
    val row: DocumentRow? = null,
    val made: PrintedFiles? = null,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
) {
    /** Whether it can be issued now: it was not, and nothing stands against it. */
    val canIssue: Boolean get() = row == null && seen != null && seen.lacks.isEmpty()
}

/** [pdf] is none where this build sets no type. */
data class PrintedFiles(val pdf: File?, val docx: File?)

/** [given] is what stands in no record, by the key of its field. */
class PreviewModel(
    desk: Desk,
    private val dossier: String,
    private val form: Form,
    private val about: String?,
    private val given: Map<String, String>,
) : Model<PreviewState>(desk, PreviewState()) {
    /** Draws it. Nothing is recorded, and no number used. */
    fun load() = ask(::drawn, failed = { state = state.copy(trouble = it) }) { state = it }

    /** Issues it: from here on its number is used. */
    fun issue() = act {
        val made = print()
        drawn().copy(made = made)
    }

    /** Has its files made, and goes on with them; each print is noted in the dossier. */
    fun hand(go: (PrintedFiles) -> Unit) {
        state.made?.let(go) ?: act({ state.made?.let(go) }) { state.copy(made = print()) }
    }

    /** Makes it void: its number is never given again. */
    fun void(reason: String) {
        val document = state.row?.document ?: return
        act {
            desk.inspector.voidDocument(desk.writer(), dossier, document, reason)
            // What stood on the paper stays in sight; another would be drawn otherwise.
            state.copy(row = row(document))
        }
    }

    private fun act(then: () -> Unit = {}, work: () -> PreviewState) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null)
        ask(work, failed = { state = state.copy(isBusy = false, trouble = it) }) {
            state = it.copy(isBusy = false)
            then()
        }
    }

    private fun drawn(): PreviewState {
        val request = toLookAt(dossier, form, about, given)
        val seen = desk.inspector.previewDocument(desk.writer(), request)
        return PreviewState(seen, seen.document?.let(::row))
    }

    /** With its PDF where this build can set type, and without where it cannot. */
    private fun print(): PrintedFiles {
        val look = toLookAt(dossier, form, about, given)
        val request = look.copy(files = listOf(FileKind.PDF, FileKind.DOCX))
        val folder = File(desk.tray, "papers").apply { mkdirs() }.path
        val printed = try {
            desk.inspector.printDocument(desk.writer(), request, folder)
        } catch (refused: ApiException.Invalid) {
            // Nothing was recorded. What the dossier lacks is said; else it is the PDF alone.
            val seen = desk.inspector.previewDocument(desk.writer(), look)
            if (seen.lacks.isNotEmpty()) throw refused
            val rest = request.copy(files = request.files - FileKind.PDF)
            desk.inspector.printDocument(desk.writer(), rest, folder)
        }
        val lent = { kind: FileKind -> printed.files.find { it.kind == kind }?.let { lend(it.path) } }
        return PrintedFiles(lent(FileKind.PDF), lent(FileKind.DOCX))
    }

    private fun row(document: String): DocumentRow? {
        var from: ULong? = 0u
        while (from != null) {
            val page = desk.inspector.documents(dossier, from)
            page.rows.find { it.document == document }?.let { return it }
            from = page.next
        }
        return null
    }

    /** The tray lends files by one name: no address leads into a folder. */
    private fun lend(path: String): File {
        val made = File(path)
        return made.copyTo(File(desk.tray, made.name), overwrite = true)
    }
}

/** A document of which no file is made: enough to look at it. Blanks are left for the pen. */
fun toLookAt(
    dossier: String,
    form: Form,
    about: String? = null,
    given: Map<String, String> = emptyMap(),
) = PrintDocument(
    dossier = dossier,
    form = form,
    about = about,
    sealing = Sealing.LATER,
    given = given,
    byHand = PenFields.Rest,
    files = emptyList(),
)
