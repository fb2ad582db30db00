/** A screen's state: one value, changed on the thread of the screen, watched by one view. */
package org.angen.shell.model

/**
 * [S] is a plain value. The law is the core's: a model asks, keeps what came, and says what went
 * wrong. It knows nothing of Android, so that it runs on a JVM.
 */
abstract class Model<S : Any>(protected val desk: Desk, first: S) {
    private var watcher: ((S) -> Unit)? = null

    /** What the screen shows now. */
    var state: S = first
        protected set(value) {
            field = value
            watcher?.invoke(value)
        }

    /** How many calls have not come back yet. */
    var calls = 0
        private set

    /** Whether it works with this database: after the phone was emptied there is another. */
    fun isOf(desk: Desk): Boolean = this.desk === desk

    /** Shows the state now, and whenever it changes. A second view takes the place of the first. */
    fun watch(watcher: (S) -> Unit) {
        this.watcher = watcher
        watcher(state)
    }

    /** The view is gone; what is on its way still arrives. */
    fun unwatch() {
        watcher = null
    }

    /** Asks the core, away from the screen. */
    protected fun <T> ask(work: () -> T, failed: (Trouble) -> Unit, done: (T) -> Unit) {
        calls += 1
        desk.runner.run(work) { result -> came(result, failed, done) }
    }

    /** Asks for what waits for a network: other screens go on meanwhile. */
    protected fun <T> askAside(work: () -> T, failed: (Trouble) -> Unit, done: (T) -> Unit) {
        calls += 1
        desk.runner.aside(work) { result -> came(result, failed, done) }
    }

    private fun <T> came(result: Result<T>, failed: (Trouble) -> Unit, done: (T) -> Unit) {
        calls -= 1
        result.fold(done) { error -> failed(troubleOf(error)) }
    }
}
