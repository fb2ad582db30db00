/** PINs of the officers who share a phone: kept as digests that are worth nothing elsewhere. */
package org.angen.shell.model

import java.io.File
import java.security.MessageDigest
import java.security.SecureRandom
import java.util.Base64
import java.util.Properties
import javax.crypto.SecretKeyFactory
import javax.crypto.spec.PBEKeySpec

/** Digits of a PIN: six can be typed with gloves, and ten tries of a million are few. */
const val PIN_DIGITS = 6

/** Wrong PINs before one has to wait. */
private const val FREE_TRIES = 5

/** The first wait; it doubles with each wrong PIN after that, up to an hour. */
private const val FIRST_WAIT_MS = 30_000L
private const val LONGEST_WAIT_MS = 3_600_000L

/** Rounds of PBKDF2-HMAC-SHA-256: those of OWASP's password sheet (2023), halved for old phones. */
private const val ROUNDS = 300_000
private const val SALT_BYTES = 16
private const val DIGEST_BITS = 256

/** A keyed digest whose key never leaves the phone's key store: without it PINs cannot be tried. */
fun interface Pepper {
    fun digest(input: ByteArray): ByteArray
}

/** What came of a PIN. */
sealed interface PinAnswer {
    data object Right : PinAnswer

    data class Wrong(val triesLeft: Int) : PinAnswer

    data class Wait(val ms: Long) : PinAnswer
}

/**
 * [now] is time since the boot, which nobody sets back: a wait begins anew after a restart.
 * All methods take long on purpose; call them away from the screen.
 */
class Pins(private val file: File, private val pepper: Pepper, private val now: () -> Long) {
    private val waits = HashMap<String, Long>()

    @Synchronized
    fun isSet(writer: String): Boolean = read().containsKey("$writer.digest")

    /** Sets or changes a PIN. Throws for one that is not of [PIN_DIGITS] digits. */
    @Synchronized
    fun set(writer: String, pin: String) {
        require(isPin(pin)) { "a PIN has $PIN_DIGITS digits" }
        val salt = ByteArray(SALT_BYTES).also { SecureRandom().nextBytes(it) }
        val kept = read()
        kept["$writer.salt"] = Base64.getEncoder().encodeToString(salt)
        kept["$writer.digest"] = Base64.getEncoder().encodeToString(digest(pin, salt))
        kept["$writer.wrong"] = "0"
        write(kept)
    }

    @Synchronized
    fun tell(writer: String, pin: String): PinAnswer {
        val kept = read()
        val wrong = kept.getProperty("$writer.wrong", "0").toInt()
        if (wrong >= FREE_TRIES) {
            val until = waits.getOrPut(writer) { now() + waitMs(wrong) }
            if (now() < until) return PinAnswer.Wait(until - now())
        }
        val decoder = Base64.getDecoder()
        val salted = checkNotNull(kept.getProperty("$writer.salt")) { "no PIN is set" }
        val salt = decoder.decode(salted)
        val right = decoder.decode(kept.getProperty("$writer.digest"))
        if (isPin(pin) && MessageDigest.isEqual(right, digest(pin, salt))) {
            waits.remove(writer)
            kept["$writer.wrong"] = "0"
            write(kept)
            return PinAnswer.Right
        }
        kept["$writer.wrong"] = (wrong + 1).toString()
        write(kept)
        if (wrong + 1 < FREE_TRIES) return PinAnswer.Wrong(FREE_TRIES - wrong - 1)
        waits[writer] = now() + waitMs(wrong + 1)
        return PinAnswer.Wait(waitMs(wrong + 1))
    }

    /** Forgets the PIN of a writer whose key is gone. */
    @Synchronized
    fun forget(writer: String) {
        waits.remove(writer)
        val kept = read()
        if (kept.keys.removeIf { (it as String).startsWith("$writer.") }) write(kept)
    }

    private fun waitMs(wrong: Int): Long =
        (FIRST_WAIT_MS shl (wrong - FREE_TRIES).coerceIn(0, 20)).coerceAtMost(LONGEST_WAIT_MS)

    private fun digest(pin: String, salt: ByteArray): ByteArray {
        val spec = PBEKeySpec(pin.toCharArray(), salt, ROUNDS, DIGEST_BITS)
        val slow = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).encoded
        spec.clearPassword()
        return pepper.digest(slow)
    }

    private fun read(): Properties =
        Properties().also { kept -> if (file.exists()) file.inputStream().use(kept::load) }

    /** Beside it first, then in its place: a kill in between loses nobody's PIN. */
    private fun write(kept: Properties) {
        file.absoluteFile.parentFile?.mkdirs()
        val next = File(file.path + ".next")
        next.outputStream().use { out ->
            kept.store(out, null)
            out.fd.sync()
        }
        check(next.renameTo(file)) { "cannot write ${file.name}" }
    }
}

fun isPin(text: String): Boolean = text.length == PIN_DIGITS && text.all { it in '0'..'9' }
