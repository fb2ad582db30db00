/** The dossiers 卷宗 on this phone, the newest first, page by page. */
package org.angen.shell.model

import uniffi.angen_bindings.DossierRow

data class DossiersState(
    val rows: List<DossierRow> = emptyList(),
    val next: Long? = null,
    val isLoaded: Boolean = false,
    val trouble: Trouble? = null,
)

class DossiersModel(desk: Desk) : Model<DossiersState>(desk, DossiersState()) {
    fun load() = page(null)

    fun more() {
        page(state.next ?: return)
    }

    private fun page(after: Long?) = ask(
        { desk.inspector.dossiers(null, after) },
        failed = { state = state.copy(trouble = it) },
    ) {
        val before = if (after == null) emptyList() else state.rows
        state = DossiersState(before + it.rows, it.next, isLoaded = true)
    }
}
