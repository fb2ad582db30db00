/** Documents 文书 and packages of a dossier: what a form lacks is told before it is printed. */
package org.angen.shell.model

import java.io.File
import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.DocumentRow
import uniffi.angen_bindings.ExportPackage
import uniffi.angen_bindings.FileKind
import uniffi.angen_bindings.Form
import uniffi.angen_bindings.Handing
import uniffi.angen_bindings.LackView
import uniffi.angen_bindings.PenFields
import uniffi.angen_bindings.PrintDocument
import uniffi.angen_bindings.PrintedView
import uniffi.angen_bindings.ReserveNumbers
import uniffi.angen_bindings.Sealing
import uniffi.angen_bindings.numberKind

/** What must be done before a form has anything to be about. */
enum class Before { ORDER, RECHECK }

/**
 * [ready] is a package that was made just now and can be handed on; [printed] a document that
 * waits to be looked at.
 */
data class PapersState(
    val documents: List<DocumentRow> = emptyList(),
    val form: Form? = null,
    val before: Before? = null,
    val lacks: List<LackView>? = null,
    val given: Map<String, String> = emptyMap(),
    val printed: PrintedView? = null,
    val ready: File? = null,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
) {
    /** What stands in no record and only a person can say, such as the court for a review. */
    val asked: List<LackView>
        get() = lacks.orEmpty().filter { it.rule == null && it.place != "number" }

    /** Whether the form is numbered and nothing says yet which numbers this phone may give. */
    val needsNumbers: Boolean
        get() = lacks.orEmpty().any { it.place == "number" } && form?.let(::numberKind) != null
}

class PapersModel(desk: Desk, val dossier: String) : Model<PapersState>(desk, PapersState()) {
    private val typed = mutableMapOf<Form, Map<String, String>>()

    /** Lists what was printed; asks again about a form whose step may have been done meanwhile. */
    fun load() {
        ask(
            { desk.inspector.documents(dossier, 0u).rows },
            failed = { state = state.copy(trouble = it) },
        ) { state = state.copy(documents = it) }
        state.form?.takeIf { state.before != null }?.let(::choose)
    }

    /** Chooses a form and asks what stands against it, or what comes before it. */
    fun choose(form: Form) {
        state = PapersState(state.documents, form)
        // A void paper proposes nothing; what was typed for it here need not be typed again.
        val before = typed[form].orEmpty()
        check(form) { desk.inspector.proposeGiven(form) + before }
    }

    /** Takes what the officer filled in, and asks again. */
    fun give(words: Map<String, String>) {
        val form = state.form ?: return
        val given = state.given + words.filterValues { it.isNotBlank() }
        typed[form] = given
        state = state.copy(trouble = null)
        check(form) { given }
    }

    private fun check(form: Form, given: () -> Map<String, String>) = ask(
        {
            val words = given()
            val before = before(form)
            val request = request(form, given = words)
            val lacks = if (before == null) {
                desk.inspector.documentLacks(desk.writer(), request)
            } else {
                null
            }
            Triple(words, before, lacks)
        },
        failed = { state = state.copy(trouble = it) },
    ) { (words, before, lacks) ->
        if (form == state.form) state = state.copy(given = words, before = before, lacks = lacks)
    }

    /** Reserves the next numbers of the chosen form's series for this phone, and asks again. */
    fun reserve(region: String) {
        val form = state.form ?: return
        val kind = numberKind(form) ?: return
        if (state.isBusy) return
        val year = dayOf(desk.nowMs()).substringBefore('-').toUShort()
        val request = ReserveNumbers(
            region = region,
            kind = kind,
            year = year,
            count = NUMBERS,
        )
        state = state.copy(isBusy = true, trouble = null)
        ask(
            { desk.inspector.reserveNumbers(desk.writer(), request) },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) {
            state = state.copy(isBusy = false)
            give(emptyMap())
        }
    }

    /** Prints the chosen form; blanks are left for the pen. */
    fun print() = state.form?.let { print(request(it, given = state.given)) } ?: Unit

    /** Prints a document once more: the same number, the same words. */
    fun again(row: DocumentRow) {
        val form = Form.entries.find { it.name.lowercase().replace('_', '-') == row.form }
        print(request(form ?: return, row.about))
    }

    /** The screen has gone on to the document. */
    fun looked() {
        state = state.copy(printed = null)
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

    private fun print(request: PrintDocument) =
        make({ printed(request) }) { printed ->
            load()
            state.copy(printed = printed)
        }

    /** With its PDF where this build can set type, and without where it cannot. */
    private fun printed(request: PrintDocument): PrintedView {
        val folder = File(desk.tray, "papers").apply { mkdirs() }.path
        return try {
            desk.inspector.printDocument(desk.writer(), request, folder)
        } catch (refused: ApiException.Invalid) {
            // Nothing was recorded. What the dossier lacks is said; else it is the PDF alone.
            val lacks = desk.inspector.documentLacks(desk.writer(), request)
            if (lacks.isNotEmpty() || FileKind.PDF !in request.files) throw refused
            val rest = request.copy(files = request.files - FileKind.PDF)
            desk.inspector.printDocument(desk.writer(), rest, folder)
        }
    }

    private fun before(form: Form): Before? = when (form) {
        Form.CORRECTION_ORDER -> Before.ORDER.takeIf { desk.inspector.orders(dossier).isEmpty() }
        Form.RECHECK_OPINION -> Before.RECHECK.takeIf {
            desk.inspector.orders(dossier).none { it.items.any { item -> item.outcome != null } }
        }
        else -> null
    }

    private fun <T> make(work: () -> T, done: (T) -> PapersState) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null, ready = null)
        ask(work, failed = { state = state.copy(isBusy = false, trouble = it) }) {
            state = done(it).copy(isBusy = false)
        }
    }

    private fun request(
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
        files = listOf(FileKind.PDF, FileKind.DOCX, FileKind.COPY_OUT_TABLE),
    )
}

/** As many numbers as a phone needs in a round of visits. */
private const val NUMBERS = 20u
