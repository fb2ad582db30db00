/** P-256 as the core takes it: points in SEC 1 form, signatures as `r || s`. */
package org.angen.shell.host

import java.math.BigInteger
import java.security.interfaces.ECPublicKey
import uniffi.angen_bindings.PublicKey

private const val NUMBER_BYTES = 32

/** The point of a public key, uncompressed: 65 bytes that begin with 4. */
fun pointOf(key: ECPublicKey): PublicKey =
    PublicKey.P256(byteArrayOf(4) + fixed(key.w.affineX) + fixed(key.w.affineY))

/**
 * The 64 bytes of a signature that is written in DER, as Android's key store gives it: a sequence
 * of two numbers. Throws for anything else.
 */
fun plainSignature(der: ByteArray): ByteArray {
    var at = 0
    fun take(): Int = der[at++].toInt() and 0xff
    fun number(): BigInteger {
        require(take() == 2) { "no number in the signature" }
        val length = take()
        return BigInteger(der.copyOfRange(at, at + length)).also { at += length }
    }
    require(take() == 0x30 && take() == der.size - 2) { "no signature in DER" }
    return (fixed(number()) + fixed(number())).also { require(at == der.size) { "trailing bytes" } }
}

/** A number as 32 bytes, the first the highest. */
private fun fixed(number: BigInteger): ByteArray {
    require(number.signum() >= 0 && number.bitLength() <= 8 * NUMBER_BYTES) { "no number of P-256" }
    val bytes = number.toByteArray().takeLast(NUMBER_BYTES).toByteArray()
    return ByteArray(NUMBER_BYTES - bytes.size) + bytes
}
