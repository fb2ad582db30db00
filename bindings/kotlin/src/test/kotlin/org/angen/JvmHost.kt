/** What a JVM lends to the core: its clock, keys of its own key store, and room on its disk. */
package org.angen

import java.io.File
import java.math.BigInteger
import java.security.KeyFactory
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.interfaces.XECPublicKey
import java.security.spec.ECGenParameterSpec
import java.security.spec.NamedParameterSpec
import java.security.spec.XECPublicKeySpec
import java.util.UUID
import java.util.concurrent.ConcurrentHashMap
import javax.crypto.KeyAgreement
import uniffi.angen_bindings.BootId
import uniffi.angen_bindings.Clock
import uniffi.angen_bindings.ClockSource
import uniffi.angen_bindings.Disk
import uniffi.angen_bindings.HostException
import uniffi.angen_bindings.Keys
import uniffi.angen_bindings.Moment
import uniffi.angen_bindings.NewKeys
import uniffi.angen_bindings.PathBuf
import uniffi.angen_bindings.PublicKey
import uniffi.angen_bindings.WriterId

/** The JVM's clocks. A test may make them throw. */
class JvmClock : Clock {
    @Volatile var failure: Exception? = null
    private val boot: BootId = UUID.randomUUID().toString()

    override fun now(): Moment {
        failure?.let { throw it }
        val monoMs = (System.nanoTime() / 1_000_000).coerceAtLeast(0)
        return Moment(wallMs = System.currentTimeMillis(), monoMs = monoMs.toULong(), boot = boot)
    }

    override fun source(): ClockSource = ClockSource.NETWORK
}

/**
 * P-256 keys as Android's Keystore has them: the app sees a public point and signatures, and a
 * key that no PIN has opened throws.
 */
class JvmKeys : Keys {
    private class Pair(val sign: KeyPair, val sealTo: KeyPair)

    private val pairs = ConcurrentHashMap<WriterId, Pair>()
    private val locked = ConcurrentHashMap.newKeySet<WriterId>()

    /** Stands in for a key store that gives wrong signatures. */
    @Volatile var tamper: (ByteArray) -> ByteArray = { it }

    fun lock(writer: WriterId) = locked.add(writer)

    fun unlock(writer: WriterId) = locked.remove(writer)

    override fun create(writer: WriterId): NewKeys {
        val pair = pairs.computeIfAbsent(writer) {
            val curve = KeyPairGenerator.getInstance("EC")
            curve.initialize(ECGenParameterSpec("secp256r1"))
            Pair(curve.generateKeyPair(), KeyPairGenerator.getInstance("X25519").generateKeyPair())
        }
        val sealTo = (pair.sealTo.public as XECPublicKey).u
        return NewKeys(sign = point(pair), sealTo = fixed(sealTo).reversedArray())
    }

    override fun publicKey(writer: WriterId): PublicKey = point(open(writer))

    override fun sign(writer: WriterId, message: ByteArray): ByteArray {
        val signature = Signature.getInstance("SHA256withECDSAinP1363Format")
        signature.initSign(open(writer).sign.private)
        signature.update(message)
        return tamper(signature.sign())
    }

    override fun agree(writer: WriterId, public: ByteArray): ByteArray {
        val number = BigInteger(1, public.reversedArray())
        val spec = XECPublicKeySpec(NamedParameterSpec.X25519, number)
        val agreement = KeyAgreement.getInstance("X25519")
        agreement.init(open(writer).sealTo.private)
        agreement.doPhase(KeyFactory.getInstance("X25519").generatePublic(spec), true)
        return agreement.generateSecret()
    }

    override fun destroy(writer: WriterId) {
        pairs.remove(writer)
    }

    private fun open(writer: WriterId): Pair {
        if (writer in locked) throw HostException.Locked()
        return pairs[writer] ?: throw HostException.Failed("no key of this writer")
    }

    private fun point(pair: Pair): PublicKey {
        val w = (pair.sign.public as ECPublicKey).w
        return PublicKey.P256(byteArrayOf(4) + fixed(w.affineX) + fixed(w.affineY))
    }

    /** A number as 32 bytes, the first the highest. */
    private fun fixed(number: BigInteger): ByteArray {
        val bytes = number.toByteArray().takeLast(32).toByteArray()
        return ByteArray(32 - bytes.size) + bytes
    }
}

/** The JVM's view of the disk. A test may say another number. */
class JvmDisk : Disk {
    @Volatile var freeBytes: ULong? = null

    override fun freeBytes(place: PathBuf): ULong =
        freeBytes ?: File(place).usableSpace.toULong()
}
