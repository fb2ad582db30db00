package org.angen

import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit.SECONDS
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.Cancel
import uniffi.angen_bindings.HttpAnswer
import uniffi.angen_bindings.HttpRequest
import uniffi.angen_bindings.Network
import uniffi.angen_bindings.SyncRequest
import uniffi.angen_bindings.Transport

class CancelTest {
    @TempDir lateinit var folder: Path

    private val hub = SyncRequest(hub = "https://hub.example:8371", network = Network.FREE)

    @Test
    fun `an exchange is cancelled while the network of the app hangs, and verbs go on`() {
        Township(folder).use { township ->
            val asked = CountDownLatch(1)
            val release = CountDownLatch(1)
            val hanging = object : Transport {
                override fun perform(request: HttpRequest): HttpAnswer {
                    asked.countDown()
                    release.await()
                    error("the network was never there")
                }
            }
            val cancel = Cancel()
            val exchange = CompletableFuture.supplyAsync {
                township.inspector.sync(township.first.writer, hub, hanging, null, cancel)
            }
            assertTrue(asked.await(10, SECONDS), "nothing was asked")
            val photo = township.photo(drawScene(folder.resolve("a.jpg")))
            township.inspector.captureEvidence(township.first.writer, photo)

            cancel.cancel()
            val ended = assertThrows(ExecutionException::class.java) { exchange.get(10, SECONDS) }
            assertInstanceOf(ApiException.Cancelled::class.java, ended.cause)
            release.countDown()
        }
    }

    @Test
    fun `a transport that throws what nobody declared ends the exchange and not the app`() {
        Township(folder).use { township ->
            val broken = object : Transport {
                override fun perform(request: HttpRequest): HttpAnswer = error("no such network")
            }
            val thrown = assertThrows(ApiException::class.java) {
                township.inspector.sync(township.first.writer, hub, broken, null, null)
            }
            assertTrue(thrown !is ApiException.Cancelled, "$thrown")
            township.inspector.established()
        }
    }
}
