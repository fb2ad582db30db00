/** The phone's clocks as the core asks for them. */
package org.angen.shell.host

import android.content.Context
import android.os.SystemClock
import android.provider.Settings
import java.util.UUID
import uniffi.angen_bindings.Clock
import uniffi.angen_bindings.ClockSource
import uniffi.angen_bindings.Moment

class PhoneClock(private val context: Context) : Clock {
    /** The same for as long as the phone was not started anew: made of its count of starts. */
    private val boot: String by lazy {
        val starts = setting(Settings.Global.BOOT_COUNT)
        val phone = Settings.Secure.getString(context.contentResolver, Settings.Secure.ANDROID_ID)
        UUID.nameUUIDFromBytes("$phone/$starts".toByteArray()).toString()
    }

    override fun now() = Moment(
        wallMs = System.currentTimeMillis(),
        monoMs = SystemClock.elapsedRealtime().toULong(),
        boot = boot,
    )

    /** Whether the system sets the clock by itself; when it did so last, it does not tell. */
    override fun source(): ClockSource =
        if (setting(Settings.Global.AUTO_TIME) == 1) ClockSource.NETWORK else ClockSource.MANUAL

    private fun setting(name: String) = Settings.Global.getInt(context.contentResolver, name, 0)
}
