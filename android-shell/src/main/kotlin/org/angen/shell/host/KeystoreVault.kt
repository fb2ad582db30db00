/**
 * The officers' keys in Android's Keystore: P-256 keys that no app can read, in StrongBox where
 * the phone has one. Not run by CI: a JVM has no Android Keystore.
 */
package org.angen.shell.host

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import java.io.File
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.PrivateKey
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import javax.crypto.KeyGenerator
import javax.crypto.Mac
import javax.crypto.SecretKey
import org.angen.shell.model.Pepper
import uniffi.angen_bindings.HostException
import uniffi.angen_bindings.Keys
import uniffi.angen_bindings.NewKeys
import uniffi.angen_bindings.PublicKey

private const val PEPPER = "angen.pepper"

/**
 * What a bundle is sealed to is X25519, which Keystores before Android 13 do not have: that key is
 * Java's, and lies in [folder] encrypted by a key that is the Keystore's.
 */
class KeystoreVault(private val folder: File) : Keys {
    override fun create(writer: String): NewKeys {
        val sign = keystore().getCertificate(alias(writer))?.publicKey ?: signingPair(writer).public
        val kept = File(folder, writer)
        if (!kept.exists()) keep(kept, SealingKey.make())
        return NewKeys(sign = pointOf(sign as ECPublicKey), sealTo = split(kept).first)
    }

    override fun publicKey(writer: String): PublicKey {
        val certificate = keystore().getCertificate(alias(writer)) ?: throw unknown()
        return pointOf(certificate.publicKey as ECPublicKey)
    }

    override fun sign(writer: String, message: ByteArray): ByteArray {
        val key = keystore().getKey(alias(writer), null) as PrivateKey? ?: throw unknown()
        val signature = Signature.getInstance("SHA256withECDSA")
        signature.initSign(key)
        signature.update(message)
        return plainSignature(signature.sign())
    }

    override fun agree(writer: String, public: ByteArray): ByteArray {
        val kept = File(folder, writer)
        if (!kept.exists()) throw unknown()
        return SealingKey.agree(SealingKey.secret(KeystoreWrap.unwrap(split(kept).second)), public)
    }

    override fun destroy(writer: String) {
        keystore().deleteEntry(alias(writer))
        val kept = File(folder, writer)
        if (kept.exists() && !kept.delete()) throw HostException.Failed("the key cannot be deleted")
    }

    private fun alias(writer: String) = "angen.sign.$writer"

    private fun unknown() = HostException.Failed("no key of this writer")

    private fun signingPair(writer: String): KeyPair {
        fun make(strong: Boolean): KeyPair {
            val spec = KeyGenParameterSpec.Builder(alias(writer), KeyProperties.PURPOSE_SIGN)
                .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
                .setDigests(KeyProperties.DIGEST_SHA256)
                .setIsStrongBoxBacked(strong)
                .build()
            val maker = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, KEYSTORE)
            maker.initialize(spec)
            return maker.generateKeyPair()
        }
        return try {
            make(strong = true)
        } catch (_: StrongBoxUnavailableException) {
            make(strong = false)
        }
    }

    /** The public 32 bytes, then the secret, wrapped. */
    private fun keep(file: File, pair: KeyPair) = KeystoreWrap.write(
        file,
        SealingKey.raw(pair) + KeystoreWrap.wrap(pair.private.encoded),
    )

    private fun split(file: File): Pair<ByteArray, ByteArray> =
        file.readBytes().let { it.copyOf(32) to it.copyOfRange(32, it.size) }
}

/** A keyed digest of the Keystore: PINs can be tried on this phone only, and not fast. */
class KeystorePepper : Pepper {
    override fun digest(input: ByteArray): ByteArray {
        val key = keystore().getKey(PEPPER, null) as SecretKey? ?: make()
        return Mac.getInstance("HmacSHA256").run {
            init(key)
            doFinal(input)
        }
    }

    private fun make(): SecretKey {
        val algorithm = KeyProperties.KEY_ALGORITHM_HMAC_SHA256
        val maker = KeyGenerator.getInstance(algorithm, KEYSTORE)
        maker.init(KeyGenParameterSpec.Builder(PEPPER, KeyProperties.PURPOSE_SIGN).build())
        return maker.generateKey()
    }
}
