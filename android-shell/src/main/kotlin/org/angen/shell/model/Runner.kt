/** Where work goes: off the thread of the screen, and back. */
package org.angen.shell.model

/** Lent by the app. The core's calls block, so none is made on the thread of the screen. */
interface Runner {
    /** Runs [work] after what was asked before; gives [back] its result on the screen's thread. */
    fun <T> run(work: () -> T, back: (Result<T>) -> Unit)

    /** The same beside the others: for what waits for a network, so that recording never does. */
    fun <T> aside(work: () -> T, back: (Result<T>) -> Unit)
}
