/** Keys of the JVM in place of the phone's key store: the same curves, in memory. */
package org.angen.shell.bench

import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.util.concurrent.ConcurrentHashMap
import org.angen.shell.host.SealingKey
import org.angen.shell.host.plainSignature
import org.angen.shell.host.pointOf
import uniffi.angen_bindings.HostException
import uniffi.angen_bindings.Keys
import uniffi.angen_bindings.NewKeys
import uniffi.angen_bindings.PublicKey

class TestVault : Keys {
    private class Pair(val sign: KeyPair, val seal: KeyPair)

    private val pairs = ConcurrentHashMap<String, Pair>()

    override fun create(writer: String): NewKeys {
        val pair = pairs.computeIfAbsent(writer) {
            val curve = KeyPairGenerator.getInstance("EC")
            curve.initialize(ECGenParameterSpec("secp256r1"))
            Pair(curve.generateKeyPair(), SealingKey.make())
        }
        return NewKeys(pointOf(pair.sign.public as ECPublicKey), SealingKey.raw(pair.seal))
    }

    override fun publicKey(writer: String): PublicKey =
        pointOf(of(writer).sign.public as ECPublicKey)

    override fun sign(writer: String, message: ByteArray): ByteArray {
        val signature = Signature.getInstance("SHA256withECDSA")
        signature.initSign(of(writer).sign.private)
        signature.update(message)
        return plainSignature(signature.sign())
    }

    override fun agree(writer: String, public: ByteArray): ByteArray =
        SealingKey.agree(of(writer).seal.private, public)

    override fun destroy(writer: String) {
        pairs.remove(writer)
    }

    private fun of(writer: String): Pair =
        pairs[writer] ?: throw HostException.Failed("no key of this writer")
}
