/** Where Robolectric leaves the one instrumentation of a test: as Google's artifact has it. */
package androidx.test.platform.app

import android.app.Instrumentation
import android.os.Bundle

object InstrumentationRegistry {
    private var instrumentation: Instrumentation? = null

    @JvmStatic
    fun registerInstance(instrumentation: Instrumentation?, arguments: Bundle?) {
        this.instrumentation = instrumentation
    }

    @JvmStatic
    fun getInstrumentation(): Instrumentation =
        checkNotNull(instrumentation) { "Robolectric has registered no instrumentation" }
}
