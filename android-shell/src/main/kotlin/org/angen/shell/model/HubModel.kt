/** A hub is certified by the administrator's phone: keys in, the file that it is started with out. */
package org.angen.shell.model

import java.io.File
import uniffi.angen_bindings.CertifyHub
import uniffi.angen_bindings.Established
import uniffi.angen_bindings.HubView

/** [file] is what the hub is started with, once it is certified. */
data class HubState(
    val place: Established? = null,
    val hub: HubView? = null,
    val file: File? = null,
    val isSaved: Boolean = false,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
)

class HubModel(desk: Desk) : Model<HubState>(desk, HubState()) {
    fun load() = ask(
        { desk.inspector.established() },
        failed = { state = state.copy(trouble = it) },
    ) { state = state.copy(place = it) }

    /** Certifies it. Asking again gives the same, so a file that was lost is written again. */
    fun certify(request: CertifyHub) {
        if (state.isBusy) return
        state = HubState(place = state.place, isBusy = true)
        ask(
            {
                val file = File(desk.tray, "${name(request.origin)}.hub")
                desk.inspector.certifyHub(desk.writer(), request, file.path) to file
            },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { (hub, file) -> state = state.copy(isBusy = false, hub = hub, file = file) }
    }

    /** Copies the file to where the administrator has chosen. */
    fun save(copy: (File) -> Unit) {
        val file = state.file ?: return
        state = state.copy(isSaved = false, trouble = null)
        ask(
            { copy(file) },
            failed = { state = state.copy(trouble = it) },
        ) { state = state.copy(isSaved = true) }
    }

    /** The log's name as a file's: `rizhao.example-donggang-1`. */
    private fun name(origin: String): String {
        val plain = origin.trim().replace(Regex("[^A-Za-z0-9.]+"), "-").trim('-', '.')
        return plain.ifEmpty { "hub" }
    }
}
