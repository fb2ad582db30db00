/** Keys of the officers who share a phone: each opened by its own PIN, all closed at hand-over. */
package org.angen.shell.model

import java.util.concurrent.ConcurrentHashMap
import uniffi.angen_bindings.HostException
import uniffi.angen_bindings.Keys
import uniffi.angen_bindings.NewKeys
import uniffi.angen_bindings.PublicKey

/**
 * Stands before the phone's key store [vault] and gives nothing of a writer whose PIN was not told
 * since the app started. A writer that was made just now is open until the next [closeAll], so
 * that its owner can set the PIN.
 */
class OfficerKeys(private val vault: Keys, private val pins: Pins) : Keys by vault {
    private val open = ConcurrentHashMap.newKeySet<String>()

    /** Whether this writer still has to choose a PIN. */
    fun needsPin(writer: String): Boolean = !pins.isSet(writer)

    /** Sets or changes the PIN of a writer whose key is open: nobody takes over another's. */
    fun setPin(writer: String, pin: String) {
        opened(writer)
        pins.set(writer, pin)
    }

    /**
     * The PIN of a key that was made to ask for admission. Who asks again tells the same PIN, so
     * that nobody takes over a question; one that was never chosen is chosen now.
     */
    fun beginPin(writer: String, pin: String): PinAnswer {
        if (!needsPin(writer)) return open(writer, pin)
        pins.set(writer, pin)
        open.add(writer)
        return PinAnswer.Right
    }

    /** Opens a writer's key by its PIN. */
    fun open(writer: String, pin: String): PinAnswer {
        val answer = pins.tell(writer, pin)
        if (answer == PinAnswer.Right) open.add(writer)
        return answer
    }

    fun isOpen(writer: String): Boolean = writer in open

    fun closeAll() = open.clear()

    override fun create(writer: String): NewKeys = vault.create(writer).also { open.add(writer) }

    override fun publicKey(writer: String): PublicKey = opened(writer).publicKey(writer)

    override fun sign(writer: String, message: ByteArray): ByteArray =
        opened(writer).sign(writer, message)

    override fun agree(writer: String, public: ByteArray): ByteArray =
        opened(writer).agree(writer, public)

    /** With the key goes its PIN. */
    override fun destroy(writer: String) {
        vault.destroy(writer)
        open.remove(writer)
        pins.forget(writer)
    }

    /** A key that is on another phone is not locked: the key store says that it has none. */
    private fun opened(writer: String): Keys {
        if (writer in open) return vault
        vault.publicKey(writer)
        throw HostException.Locked()
    }
}
