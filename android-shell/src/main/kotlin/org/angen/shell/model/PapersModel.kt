/** Documents 文书 and packages of a dossier: what a form lacks is told before it is looked at. */
package org.angen.shell.model

import java.io.File
import uniffi.angen_bindings.DocumentPreview
import uniffi.angen_bindings.DocumentRow
import uniffi.angen_bindings.ExportPackage
import uniffi.angen_bindings.Form
import uniffi.angen_bindings.Handing
import uniffi.angen_bindings.LackView
import uniffi.angen_bindings.ReserveNumbers
import uniffi.angen_bindings.numberKind

/** What must be done before a form has anything to be about. */
enum class Before { ORDER, RECHECK }

/**
 * [seen] is the chosen form as it would be issued now; [ready] a package that was made just now and
 * can be handed on.
 */
data class PapersState(
    val documents: List<DocumentRow> = emptyList(),
    val form: Form? = null,
    val before: Before? = null,
    val seen: DocumentPreview? = null,
    val given: Map<String, String> = emptyMap(),
    val ready: File? = null,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
) {
    /** What stands against the form; none before that is known. */
    val lacks: List<LackView>? get() = seen?.lacks

    /** What stands in no record and only a person can say, such as the court for a review. */
    val asked: List<LackView> get() = seen?.asked.orEmpty()

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
            val seen = if (before == null) {
                val request = toLookAt(dossier, form, given = words)
                desk.inspector.previewDocument(desk.writer(), request)
            } else {
                null
            }
            Triple(words, before, seen)
        },
        failed = { state = state.copy(trouble = it) },
    ) { (words, before, seen) ->
        if (form == state.form) state = state.copy(given = words, before = before, seen = seen)
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

    /** Everything that belongs to the dossier, as one file that anybody verifies offline. */
    fun export(recipient: String, purpose: String) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null, ready = null)
        ask(
            {
                val file = File(desk.tray, "dossier-${desk.nowMs()}.angen")
                val handing = Handing(recipient.ifBlank { null }, purpose.ifBlank { null })
                val request = ExportPackage(listOf(dossier), emptyList(), desk.device, handing)
                desk.inspector.exportPackage(desk.writer(), request, file.path, null)
                file
            },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { state = state.copy(isBusy = false, ready = it) }
    }

    private fun before(form: Form): Before? = when (form) {
        Form.CORRECTION_ORDER -> Before.ORDER.takeIf { desk.inspector.orders(dossier).isEmpty() }
        Form.RECHECK_OPINION -> Before.RECHECK.takeIf {
            desk.inspector.orders(dossier).none { it.items.any { item -> item.outcome != null } }
        }
        else -> null
    }
}

/** As many numbers as a phone needs in a round of visits. */
private const val NUMBERS = 20u
