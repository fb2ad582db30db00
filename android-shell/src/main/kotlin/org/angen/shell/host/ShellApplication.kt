/** The app's process: opens the one database, and lends it the phone. */
package org.angen.shell.host

import android.app.Application
import android.os.Build
import java.io.File
import org.angen.shell.model.Desk
import org.angen.shell.model.Emptying
import org.angen.shell.model.OfficerKeys
import org.angen.shell.model.PIN_ROUNDS
import org.angen.shell.model.Pepper
import org.angen.shell.model.Pins
import org.angen.shell.model.Runner
import org.angen.shell.sync.SyncJob
import uniffi.angen_bindings.Clock
import uniffi.angen_bindings.Inspector
import uniffi.angen_bindings.Keys
import uniffi.angen_bindings.Transport
import uniffi.angen_bindings.encrypt

open class ShellApplication : Application() {
    /** The keys' own store. Tests lend another: a JVM has no Android Keystore. */
    protected open fun vault(): Keys = KeystoreVault(File(noBackupFilesDir, "keys"))

    protected open fun pepper(): Pepper = KeystorePepper()

    /** How slow a PIN is to try. Tests tell hundreds of them. */
    protected open val pinRounds get() = PIN_ROUNDS

    protected open fun clock(): Clock = PhoneClock(this)

    protected open fun runner(): Runner = ScreenRunner()

    /** Opens the database, encrypted. Tests open a plain one: a JVM's library has no cipher. */
    protected open fun open(folder: File, clock: Clock, keys: Keys): Inspector {
        val key = KeystoreDatabaseKey(File(noBackupFilesDir, "database.key"))
        // A phone that ran a build without the cipher has a plain one.
        encrypt(folder.path, key)
        return Inspector.openEncrypted(folder.path, key, clock, keys, PhoneDisk())
    }

    /** One request over the phone's own network. */
    open val transport: Transport by lazy { HttpTransport(desk.tray) }

    val network: PhoneNetwork by lazy { PhoneNetwork(this) }

    override fun onCreate() {
        super.onCreate()
        SyncJob.schedule(this)
    }

    private var made: Desk? = null

    open val desk: Desk
        @Synchronized get() = made ?: makeDesk(noBackupFilesDir).also { made = it }

    /** The phone was emptied: from here on there is a new database, with nothing in it. */
    @Synchronized
    open fun beginAnew() {
        made = null
    }

    /** Carries out an order that this phone be emptied. */
    fun emptying() = Emptying(desk, transport, network::now)

    /** A desk over what lies in a folder. */
    protected fun makeDesk(folder: File): Desk {
        val clock = clock()
        val pins = Pins(File(folder, "pins"), pepper(), pinRounds) { clock.now().monoMs.toLong() }
        val keys = OfficerKeys(vault(), pins)
        val version = packageManager.getPackageInfo(packageName, 0).versionName
        val tray = File(folder, "tray").apply { mkdirs() }
        return Desk(
            runner = runner(),
            clock = clock,
            locks = keys,
            device = "${Build.MANUFACTURER} ${Build.MODEL}，安根 $version",
            tray = tray,
            lists = { lists(tray) },
        ) { open(File(folder, "data"), clock, keys) }
    }

    /** The workbooks that come with the app, copied to where the core can read them. */
    private fun lists(tray: File): List<File> {
        val names = assets.list("").orEmpty().filter { it.endsWith(".xlsx") }.sorted()
        return names.map { name ->
            val copy = File(tray, name)
            assets.open(name).use { from -> copy.outputStream().use { from.copyTo(it) } }
            copy
        }
    }
}
