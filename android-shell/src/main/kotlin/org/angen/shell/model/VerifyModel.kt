/** Verification of a package: what is proved and what is not, in plain words, without a network. */
package org.angen.shell.model

import java.io.File
import uniffi.angen_bindings.VerdictView
import uniffi.angen_bindings.verifyPackage

data class VerifyState(
    val name: String? = null,
    val verdict: VerdictView? = null,
    val isBusy: Boolean = false,
    val trouble: Trouble? = null,
)

class VerifyModel(desk: Desk) : Model<VerifyState>(desk, VerifyState()) {
    /** Judges it against this phone's own root: another township's is told as another's. */
    fun verify(file: File) {
        state = VerifyState(name = file.name, isBusy = true)
        ask(
            {
                val root = runCatching { desk.inspector.established().root }.getOrNull()
                verifyPackage(file.path, root)
            },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { state = state.copy(isBusy = false, verdict = it) }
    }
}
