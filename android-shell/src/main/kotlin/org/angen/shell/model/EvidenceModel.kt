/** A piece of evidence as it was captured: its file is lent to the screen, and taken back. */
package org.angen.shell.model

import java.io.File
import uniffi.angen_bindings.CustodyAct
import uniffi.angen_bindings.EvidenceRow
import uniffi.angen_bindings.Handing
import uniffi.angen_bindings.NoteCustody

/**
 * [file] is a copy for the eye; none where the original is on another device. [visit] is the
 * assistance visit that its check belongs to, where mentors comment.
 */
data class EvidenceState(
    val row: EvidenceRow? = null,
    val visit: String? = null,
    val file: File? = null,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
)

class EvidenceModel(desk: Desk, val dossier: String, val evidence: String) :
    Model<EvidenceState>(desk, EvidenceState()) {
    fun load() = ask(
        {
            val row = row()
            val visit = runCatching { desk.inspector.check(dossier).assistance }.getOrNull()
            Triple(row, row?.takeIf { it.isHere }?.let { state.file ?: lend(it) }, visit)
        },
        failed = { state = state.copy(trouble = it) },
    ) { (row, file, visit) -> state = state.copy(row = row, file = file, visit = visit) }

    /** Notes in the dossier that a copy leaves the app, and then lets it go. */
    fun handOut(go: (File) -> Unit) {
        val file = state.file ?: return
        val copy = NoteCustody(
            act = CustodyAct.COPY,
            dossier = dossier,
            about = listOf(evidence),
            fields = emptyList(),
            handing = Handing(),
        )
        ask(
            { desk.inspector.noteCustody(desk.writer(), copy) },
            failed = { state = state.copy(trouble = it) },
        ) { go(file) }
    }

    /** Takes it back, with a reason. It stays visible, and does not count. */
    fun retract(reason: String) {
        if (state.isBusy) return
        state = state.copy(isBusy = true, trouble = null)
        ask(
            { desk.inspector.retract(desk.writer(), dossier, evidence, reason) },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) {
            state = state.copy(isBusy = false)
            load()
        }
    }

    /** The screen is gone: the decrypted copy goes with it. */
    fun close() {
        state.file?.delete()
        state = state.copy(file = null)
    }

    private fun lend(row: EvidenceRow): File {
        // A kill leaves the copy of the screen that it killed.
        desk.tray.listFiles().orEmpty().filter { it.name.startsWith(COPY) }.forEach(File::delete)
        val ending = row.fileName.substringAfterLast('.', "")
        val name = listOf("$COPY${System.nanoTime()}", ending).filter { it.isNotEmpty() }
        val file = File(desk.tray, name.joinToString("."))
        desk.inspector.viewEvidence(dossier, evidence, file.path)
        return file
    }

    private fun row(): EvidenceRow? {
        var before: UInt? = null
        do {
            val page = desk.inspector.evidenceOf(dossier, null, before)
            page.rows.find { it.evidence == evidence }?.let { return it }
            before = page.next
        } while (before != null)
        return null
    }

    private companion object {
        /** How a copy for the eye begins; nothing else in the tray does. */
        const val COPY = "view-"
    }
}
