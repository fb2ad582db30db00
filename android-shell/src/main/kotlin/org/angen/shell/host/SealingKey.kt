/** X25519 keys in the form that the core takes: 32 bytes (RFC 7748), without Java's wrapping. */
package org.angen.shell.host

import java.security.KeyFactory
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.PrivateKey
import java.security.spec.PKCS8EncodedKeySpec
import java.security.spec.X509EncodedKeySpec
import javax.crypto.KeyAgreement

private const val RAW_BYTES = 32

/** What stands before the 32 bytes of a public key (RFC 8410, section 4). */
private val PUBLIC_HEAD = byteArrayOf(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 3, 0x21, 0)

object SealingKey {
    fun make(): KeyPair = KeyPairGenerator.getInstance("X25519").generateKeyPair()

    /** The 32 bytes of a public key. */
    fun raw(pair: KeyPair): ByteArray = pair.public.encoded.takeLast(RAW_BYTES).toByteArray()

    fun agree(secret: PrivateKey, public: ByteArray): ByteArray {
        require(public.size == RAW_BYTES) { "a public key has $RAW_BYTES bytes" }
        val factory = KeyFactory.getInstance("X25519")
        val key = factory.generatePublic(X509EncodedKeySpec(PUBLIC_HEAD + public))
        return KeyAgreement.getInstance("X25519").run {
            init(secret)
            doPhase(key, true)
            generateSecret()
        }
    }

    fun secret(encoded: ByteArray): PrivateKey =
        KeyFactory.getInstance("X25519").generatePrivate(PKCS8EncodedKeySpec(encoded))
}
