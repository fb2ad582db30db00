/**
 * The key of the phone's database: 32 random bytes in [file], which this phone's Keystore alone
 * opens. Not run by CI: a JVM has no Android Keystore.
 */
package org.angen.shell.host

import java.io.File
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.SecureRandom
import uniffi.angen_bindings.DatabaseKeys
import uniffi.angen_bindings.HostException

private const val KEY_BYTES = 32

/**
 * Where the file is gone and the database is not, a new key is made; the core finds that it is not
 * the database's, says so, and touches nothing.
 */
class KeystoreDatabaseKey(private val file: File) : DatabaseKeys {
    @Synchronized
    override fun databaseKey(): ByteArray = try {
        if (!file.exists()) KeystoreWrap.write(file, KeystoreWrap.wrap(random()))
        KeystoreWrap.unwrap(file.readBytes())
    } catch (broken: GeneralSecurityException) {
        throw HostException.Failed(why(broken))
    } catch (broken: IOException) {
        throw HostException.Failed(why(broken))
    }

    @Synchronized
    override fun destroyDatabaseKey() {
        // What flash memory still has of the file is noise without the key that wrapped it.
        keystore().deleteEntry(WRAP)
        if (file.exists() && !file.delete()) throw HostException.Failed("the key cannot be deleted")
    }

    private fun random() = ByteArray(KEY_BYTES).also { SecureRandom().nextBytes(it) }

    private fun why(error: Exception) = error.message ?: error.javaClass.simpleName
}
