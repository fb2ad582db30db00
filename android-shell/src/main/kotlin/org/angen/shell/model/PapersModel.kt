/** Documents 文书 and packages of a dossier: what a form lacks is told before it is printed. */
package org.angen.shell.model

import java.io.File
import uniffi.angen_bindings.DocumentRow
import uniffi.angen_bindings.ExportPackage
import uniffi.angen_bindings.FileKind
import uniffi.angen_bindings.Form
import uniffi.angen_bindings.Handing
import uniffi.angen_bindings.LackView
import uniffi.angen_bindings.PenFields
import uniffi.angen_bindings.PrintDocument
import uniffi.angen_bindings.PrintedView
import uniffi.angen_bindings.Sealing

/** [ready] is a file that was made just now and can be handed on. */
data class PapersState(
    val documents: List<DocumentRow> = emptyList(),
    val form: Form? = null,
    val lacks: List<LackView>? = null,
    val printed: PrintedView? = null,
    val ready: File? = null,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
)

class PapersModel(desk: Desk, val dossier: String) : Model<PapersState>(desk, PapersState()) {
    fun load() = ask(
        { desk.inspector.documents(dossier, 0u).rows },
        failed = { state = state.copy(trouble = it) },
    ) { state = state.copy(documents = it) }

    /** Chooses a form and asks what stands against it. */
    fun choose(form: Form) {
        state = PapersState(state.documents, form)
        ask(
            { desk.inspector.documentLacks(desk.writer(), request(form)) },
            failed = { state = state.copy(trouble = it) },
        ) { if (form == state.form) state = state.copy(lacks = it) }
    }

    /** Prints it; blanks are left for the pen. */
    fun print() {
        val form = state.form ?: return
        make({
            val folder = File(desk.tray, "papers").apply { mkdirs() }
            val printed = desk.inspector.printDocument(desk.writer(), request(form), folder.path)
            // The tray lends files by one name: no address leads into a folder.
            val made = File(printed.files.first().path)
            val lent = File(desk.tray, made.name)
            made.copyTo(lent, overwrite = true)
            printed to lent
        }) { (printed, lent) ->
            load()
            state.copy(printed = printed, ready = lent)
        }
    }

    /** Everything that belongs to the dossier, as one file that anybody verifies offline. */
    fun export(recipient: String, purpose: String) {
        val handing = Handing(recipient.ifBlank { null }, purpose.ifBlank { null })
        make({
            val file = File(desk.tray, "dossier-${desk.nowMs()}.angen")
            val request = ExportPackage(listOf(dossier), emptyList(), desk.device, handing)
            desk.inspector.exportPackage(desk.writer(), request, file.path, null)
            file
        }) { state.copy(ready = it) }
    }

    private fun <T> make(work: () -> T, done: (T) -> PapersState) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null, ready = null)
        ask(work, failed = { state = state.copy(isBusy = false, trouble = it) }) {
            state = done(it).copy(isBusy = false)
        }
    }

    private fun request(form: Form) = PrintDocument(
        dossier = dossier,
        form = form,
        sealing = Sealing.LATER,
        given = emptyMap(),
        byHand = PenFields.Rest,
        files = listOf(FileKind.DOCX),
    )
}
