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
    /**
     * Judges a copy against this phone's own root, and removes it: another township's package is
     * told as another's. [name] is what it was called where it came from.
     */
    fun verify(file: File, name: String) {
        state = VerifyState(name = name, isBusy = true)
        ask(
            {
                val root = runCatching { desk.inspector.established().root }.getOrNull()
                try {
                    verifyPackage(file.path, root)
                } finally {
                    file.delete()
                }
            },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { state = state.copy(isBusy = false, verdict = it) }
    }
}
