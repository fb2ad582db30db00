/** Calls of the core on a thread of their own, one after the other, and back to the screen. */
package org.angen.shell.host

import android.os.Handler
import android.os.Looper
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import org.angen.shell.model.Runner

class ScreenRunner : Runner {
    private val elsewhere: ExecutorService = Executors.newSingleThreadExecutor()
    private val beside: ExecutorService = Executors.newSingleThreadExecutor()
    private val screen = Handler(Looper.getMainLooper())
    private val underWay = AtomicInteger()

    /** Whether everything that was asked has come back; for tests. */
    val isIdle: Boolean get() = underWay.get() == 0

    override fun <T> run(work: () -> T, back: (Result<T>) -> Unit) = on(elsewhere, work, back)

    override fun <T> aside(work: () -> T, back: (Result<T>) -> Unit) = on(beside, work, back)

    /** Waits until what was asked so far is done; for tests. */
    fun await() {
        beside.submit {}.get()
        elsewhere.submit {}.get()
    }

    private fun <T> on(thread: ExecutorService, work: () -> T, back: (Result<T>) -> Unit) {
        underWay.incrementAndGet()
        thread.execute {
            val result = runCatching(work)
            screen.post {
                underWay.decrementAndGet()
                back(result)
            }
        }
    }
}
