/** Keys of a township whose administrator has a desk as well as a phone. */
package org.angen.shell.bench

import java.io.File
import java.security.SecureRandom
import javax.crypto.Cipher
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.SecretKeySpec
import org.bouncycastle.crypto.generators.Argon2BytesGenerator
import org.bouncycastle.crypto.params.Argon2Parameters
import uniffi.angen_bindings.Keys
import uniffi.angen_bindings.NewKeys
import uniffi.angen_bindings.PublicKey
import uniffi.angen_bindings.softwareKeys

/** Keys that a township makes before it has officers: its root's and its administrator's. */
private const val STANDING = 2

private const val SALT_BYTES = 16
private const val NONCE_BYTES = 12

/**
 * Only the command line certifies a hub, and it signs with keys in files. So the administrator's
 * key is in a file here; officers have [phone]'s, on the curve that a phone's key store has.
 */
class DeskVault(private val phone: Keys, private val folder: File) : Keys {
    private val desk = softwareKeys(folder.path)

    override fun create(writer: String): NewKeys {
        val isStanding = isAtDesk(writer) || folder.list().orEmpty().size < STANDING
        return (if (isStanding) desk else phone).create(writer)
    }

    override fun publicKey(writer: String): PublicKey = of(writer).publicKey(writer)

    override fun sign(writer: String, message: ByteArray): ByteArray =
        of(writer).sign(writer, message)

    override fun agree(writer: String, public: ByteArray): ByteArray =
        of(writer).agree(writer, public)

    /** The root's key is destroyed once it has certified; its empty place stays taken. */
    override fun destroy(writer: String) {
        val wasAtDesk = isAtDesk(writer)
        of(writer).destroy(writer)
        if (wasAtDesk) File(folder, "$writer.gone").createNewFile()
    }

    /** Lays a key where the command line looks for it, under a PIN: Argon2id, then AES-GCM. */
    fun layAtDesk(writer: String, database: File, pin: String) {
        val salt = ByteArray(SALT_BYTES).also(SecureRandom()::nextBytes)
        val nonce = ByteArray(NONCE_BYTES).also(SecureRandom()::nextBytes)
        val cipher = Cipher.getInstance("AES/GCM/NoPadding")
        val key = SecretKeySpec(stretched(pin, salt), "AES")
        cipher.init(Cipher.ENCRYPT_MODE, key, GCMParameterSpec(128, nonce))
        val sealed = cipher.doFinal(File(folder, "$writer.key").readBytes())
        val place = File(database, "keys").apply { mkdirs() }
        File(place, "$writer.key").writeBytes("angenkey".toByteArray() + salt + nonce + sealed)
    }

    /** What RFC 9106 calls Argon2id, at the cost that the command line has. */
    private fun stretched(pin: String, salt: ByteArray): ByteArray {
        val cost = Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(19 * 1024).withIterations(2).withParallelism(1)
            .withSalt(salt).build()
        val key = ByteArray(32)
        Argon2BytesGenerator().apply { init(cost) }.generateBytes(pin.toByteArray(), key)
        return key
    }

    private fun isAtDesk(writer: String) = File(folder, "$writer.key").exists()

    private fun of(writer: String) = if (isAtDesk(writer)) desk else phone
}

/** The app on the phone of an administrator who has a desk as well. */
class DeskApplication : TestApplication() {
    val deskVault by lazy { DeskVault(testVault, File(noBackupFilesDir, "desk")) }

    override fun vault(): Keys = deskVault
}
