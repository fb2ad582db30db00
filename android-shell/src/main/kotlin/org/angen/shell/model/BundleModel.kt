/** Bundles 摆渡包: written for named readers, and taken in with the receipts that come along. */
package org.angen.shell.model

import java.io.File
import uniffi.angen_bindings.BundleBlobs
import uniffi.angen_bindings.ExportBundle
import uniffi.angen_bindings.ExportedBundle
import uniffi.angen_bindings.Handing
import uniffi.angen_bindings.Imported
import uniffi.angen_bindings.Reader

/** [made] is the bundle that was written just now; [came] what the last file brought. */
data class BundleState(
    val readers: List<Reader> = emptyList(),
    val next: ULong? = null,
    val chosen: Set<String> = emptySet(),
    val isBusy: Boolean = false,
    val made: File? = null,
    val exported: ExportedBundle? = null,
    val name: String? = null,
    val came: Imported? = null,
    val trouble: Trouble? = null,
)

class BundleModel(desk: Desk) : Model<BundleState>(desk, BundleState()) {
    /** The first readers: hubs before people, and not who works, who has it all already. */
    fun load() = readers(0u, emptyList())

    fun more() = state.next?.let { readers(it, state.readers) } ?: Unit

    private fun readers(from: ULong, before: List<Reader>) = ask(
        { desk.inspector.readers(from) },
        failed = { state = state.copy(trouble = it) },
    ) { page ->
        val others = page.rows.filter { it.writer != desk.worker?.writer }
        state = state.copy(readers = before + others, next = page.next)
    }

    fun toggle(certificate: String) {
        val chosen = state.chosen
        val rest = if (certificate in chosen) chosen - certificate else chosen + certificate
        state = state.copy(chosen = rest, made = null, exported = null, trouble = null)
    }

    /** Writes what has no receipt yet, with its files; only the chosen readers open it. */
    fun write() {
        if (state.isBusy) return
        val readers = state.readers.map { it.certificate }.filter { it in state.chosen }
        val file = File(desk.tray, "angen-${stamp(desk.nowMs())}.angenb")
        val request = ExportBundle(
            dossiers = emptyList(),
            readers = readers,
            certificates = emptyList(),
            blobs = BundleBlobs.WAITING,
            software = desk.device,
            handing = Handing(),
        )
        state = state.copy(
            isBusy = true, made = null, exported = null, came = null, name = null, trouble = null,
        )
        ask(
            { desk.inspector.exportBundle(desk.writer(), request, file.path, null) },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { state = state.copy(isBusy = false, made = file, exported = it) }
    }

    /** Takes a copy in, and removes it. [name] is what it was called where it came from. */
    fun take(file: File, name: String) {
        if (state.isBusy) return
        state = state.copy(
            isBusy = true, name = name, came = null, made = null, exported = null, trouble = null,
        )
        ask(
            {
                try {
                    desk.inspector.importFile(desk.writer(), file.path)
                } finally {
                    file.delete()
                }
            },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { state = state.copy(isBusy = false, came = it) }
    }

    /** Says what went wrong outside of the core, such as with the stick. */
    fun failed(why: Throwable) {
        state = state.copy(trouble = troubleOf(why))
    }
}

/** A moment in a file's name: 20260915-0900, by the clock of China. */
internal fun stamp(ms: Long): String {
    val day = dayOf(ms).replace("-", "")
    val minutes = (ms / 60_000 + 8 * 60).mod(24 * 60)
    return "$day-%02d%02d".format(minutes / 60, minutes % 60)
}
