package org.angen.shell

import java.math.BigInteger
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.spec.ECGenParameterSpec
import org.angen.shell.host.SealingKey
import org.angen.shell.host.plainSignature
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test

class SignaturesTest {
    @Test
    fun `a signature in DER becomes the two numbers that the core takes`() {
        val curve = KeyPairGenerator.getInstance("EC")
        curve.initialize(ECGenParameterSpec("secp256r1"))
        val pair = curve.generateKeyPair()
        // A few hundred, so that numbers with a leading zero byte or a high bit are among them.
        repeat(300) { round ->
            val message = "$round".toByteArray()
            val der = Signature.getInstance("SHA256withECDSA").run {
                initSign(pair.private)
                update(message)
                sign()
            }
            val plain = plainSignature(der)
            assertEquals(64, plain.size)
            val verified = Signature.getInstance("SHA256withECDSAinP1363Format").run {
                initVerify(pair.public)
                update(message)
                verify(plain)
            }
            assertTrue("round $round", verified)
        }
    }

    @Test
    fun `what is no signature is refused`() {
        val over = BigInteger.ONE.shiftLeft(257).toByteArray()
        val long = byteArrayOf(2, over.size.toByte()) + over + byteArrayOf(2, 1, 1)
        for (der in listOf(
            byteArrayOf(0x30, 6, 2, 1, 1, 2, 1, 1, 0),
            byteArrayOf(0x31, 6, 2, 1, 1, 2, 1, 1),
            byteArrayOf(0x30, 6, 2, 1, 1, 3, 1, 1),
            byteArrayOf(0x30, 6, 2, 1, -1, 2, 1, 1),
            byteArrayOf(0x30, long.size.toByte()) + long,
        )) {
            assertThrows(IllegalArgumentException::class.java) { plainSignature(der) }
        }
    }

    @Test
    fun `both sides of a sealing key agree upon one secret`() {
        val (mine, theirs) = SealingKey.make() to SealingKey.make()
        val here = SealingKey.agree(mine.private, SealingKey.raw(theirs))
        val secret = SealingKey.secret(theirs.private.encoded)
        val there = SealingKey.agree(secret, SealingKey.raw(mine))
        assertArrayEquals(here, there)
        assertEquals(32, here.size)
    }
}
