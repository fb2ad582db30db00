/** A note: a hazard that was seen, an emergency measure that was taken, in a sentence. */
package org.angen.shell.model

import uniffi.angen_bindings.NoteView
import uniffi.angen_bindings.WriteNote

data class NoteState(
    val isBusy: Boolean = false,
    val kept: NoteView? = null,
    val trouble: Trouble? = null,
)

class NoteModel(
    desk: Desk,
    private val dossier: String,
    private val about: String?,
) : Model<NoteState>(desk, NoteState()) {
    fun keep(text: String) {
        if (state.isBusy) return
        state = NoteState(isBusy = true)
        ask(
            { desk.inspector.writeNote(desk.writer(), WriteNote(dossier, text, about)) },
            failed = { state = NoteState(trouble = it) },
        ) { state = NoteState(kept = it) }
    }
}
