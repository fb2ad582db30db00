/** The app's process: opens the one database, and lends it the phone. */
package org.angen.shell.host

import android.app.Application
import android.os.Build
import java.io.File
import org.angen.shell.model.Desk
import org.angen.shell.model.OfficerKeys
import org.angen.shell.model.Pepper
import org.angen.shell.model.Pins
import org.angen.shell.model.Runner
import uniffi.angen_bindings.Clock
import uniffi.angen_bindings.Inspector
import uniffi.angen_bindings.Keys

open class ShellApplication : Application() {
    /** The keys' own store. Tests lend another: a JVM has no Android Keystore. */
    protected open fun vault(): Keys = KeystoreVault(File(noBackupFilesDir, "keys"))

    protected open fun pepper(): Pepper = KeystorePepper()

    protected open fun clock(): Clock = PhoneClock(this)

    protected open fun runner(): Runner = ScreenRunner()

    val desk: Desk by lazy {
        val clock = clock()
        val pins = Pins(File(noBackupFilesDir, "pins"), pepper()) { clock.now().monoMs.toLong() }
        val keys = OfficerKeys(vault(), pins)
        val version = packageManager.getPackageInfo(packageName, 0).versionName
        Desk(
            runner = runner(),
            clock = clock,
            locks = keys,
            device = "${Build.MANUFACTURER} ${Build.MODEL}，安根 $version",
            tray = File(noBackupFilesDir, "tray").apply { mkdirs() },
        ) { Inspector.open(File(noBackupFilesDir, "data").path, clock, keys, PhoneDisk()) }
    }
}
