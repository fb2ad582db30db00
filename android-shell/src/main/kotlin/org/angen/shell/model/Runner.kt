/** Where work goes: off the thread of the screen, one after the other, and back. */
package org.angen.shell.model

/** Lent by the app. The core's calls block, so none is made on the thread of the screen. */
interface Runner {
    /** Runs [work] elsewhere, then [back] with its result on the thread of the screen. */
    fun <T> run(work: () -> T, back: (Result<T>) -> Unit)
}
