/**
 * Secrets in files that nothing but this phone's Keystore opens: AES-GCM under a key that no app
 * can read. Not run by CI: a JVM has no Android Keystore.
 */
package org.angen.shell.host

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import java.io.File
import java.security.KeyStore
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

internal const val KEYSTORE = "AndroidKeyStore"
internal const val WRAP = "angen.wrap"
private const val NONCE_BYTES = 12
private const val TAG_BITS = 128
private const val CIPHER = "AES/GCM/NoPadding"

internal fun keystore(): KeyStore = KeyStore.getInstance(KEYSTORE).apply { load(null) }

internal object KeystoreWrap {
    /** The nonce, then what was encrypted. */
    fun wrap(secret: ByteArray): ByteArray {
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.ENCRYPT_MODE, key())
        return cipher.iv + cipher.doFinal(secret)
    }

    fun unwrap(wrapped: ByteArray): ByteArray {
        val cipher = Cipher.getInstance(CIPHER)
        val nonce = GCMParameterSpec(TAG_BITS, wrapped, 0, NONCE_BYTES)
        cipher.init(Cipher.DECRYPT_MODE, key(), nonce)
        return cipher.doFinal(wrapped, NONCE_BYTES, wrapped.size - NONCE_BYTES)
    }

    /** Beside it first, then in its place: a kill in between leaves no half of a key. */
    fun write(file: File, bytes: ByteArray) {
        file.absoluteFile.parentFile?.mkdirs()
        val next = File(file.path + ".next")
        next.outputStream().use { out ->
            out.write(bytes)
            out.fd.sync()
        }
        check(next.renameTo(file)) { "cannot write a key" }
    }

    private fun key(): SecretKey {
        (keystore().getKey(WRAP, null) as SecretKey?)?.let { return it }
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec = KeyGenParameterSpec.Builder(WRAP, purposes)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .build()
        val maker = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, KEYSTORE)
        maker.init(spec)
        return maker.generateKey()
    }
}
