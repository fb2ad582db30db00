/** What all screens share: the open database, who works, and what the app lends. */
package org.angen.shell.model

import java.io.File
import uniffi.angen_bindings.Clock
import uniffi.angen_bindings.Inspector

/** Who works at the moment: the writer whose key is open. */
data class Worker(val writer: String, val name: String, val isMentor: Boolean)

/**
 * One for the app's process. [inspector] opens the database at its first use, away from the screen.
 */
class Desk(
    val runner: Runner,
    val clock: Clock,
    val locks: OfficerKeys,
    /** Make, model and version, as evidence records it. */
    val device: String,
    /** Where photos and papers lie until the core has them. */
    val tray: File,
    /** Checklists that come with the app, as workbooks. Called away from the screen. */
    val lists: () -> List<File>,
    open: () -> Inspector,
) {
    val inspector: Inspector by lazy(open)

    /** Who is signed in; none after the start, and after the phone was handed over. */
    var worker: Worker? = null
        private set

    fun signIn(worker: Worker) {
        this.worker = worker
    }

    /** Closes every key: whoever goes on must give a PIN. */
    fun signOut() {
        worker = null
        locks.closeAll()
    }

    /** Signs out who works, if the key is one of those that were destroyed. */
    fun signOutOf(writers: List<String>) {
        if (worker?.writer in writers) signOut()
    }

    /** The writer who works. A screen is not reached without one. */
    fun writer(): String = checkNotNull(worker) { "nobody is signed in" }.writer

    /** Removes what lies beside the database: the photos and papers of the tray. */
    fun clear() {
        tray.listFiles().orEmpty().forEach { check(it.deleteRecursively()) { "${it.name} stays" } }
    }

    fun nowMs(): Long = clock.now().wallMs
}
