/** One request of the core over the phone's own network, with the system's rules for TLS. */
package org.angen.shell.host

import java.io.ByteArrayOutputStream
import java.io.File
import java.io.IOException
import java.io.InputStream
import java.io.OutputStream
import java.io.RandomAccessFile
import java.net.HttpURLConnection
import java.net.URL
import javax.net.ssl.SSLHandshakeException
import javax.net.ssl.SSLPeerUnverifiedException
import uniffi.angen_bindings.HttpAnswer
import uniffi.angen_bindings.HttpAnswerBody
import uniffi.angen_bindings.HttpBody
import uniffi.angen_bindings.HttpField
import uniffi.angen_bindings.HttpRequest
import uniffi.angen_bindings.Transport
import uniffi.angen_bindings.TransportException

private const val CONNECT_MS = 15_000
private const val READ_MS = 60_000
private const val PIECE_BYTES = 64 * 1024

/** Answers above this go into a file: they are media. */
private const val MEMORY_BYTES_MAX = 1L shl 20

/** [folder] takes answers that are too large for memory; the core removes them. */
open class HttpTransport(private val folder: File) : Transport {
    override fun perform(request: HttpRequest): HttpAnswer {
        val connection = URL(request.url).openConnection() as HttpURLConnection
        try {
            ask(connection, request)
            return answer(connection, request.answerBytesMax.toLong())
        } catch (refused: SSLHandshakeException) {
            throw TransportException.Untrusted(why(refused))
        } catch (refused: SSLPeerUnverifiedException) {
            throw TransportException.Untrusted(why(refused))
        } catch (offline: IOException) {
            throw TransportException.Offline(why(offline))
        } finally {
            connection.disconnect()
        }
    }

    /** The JVM's own class knows no PATCH; Android's does. */
    protected open fun method(connection: HttpURLConnection, name: String) {
        connection.requestMethod = name
    }

    private fun ask(connection: HttpURLConnection, request: HttpRequest) {
        connection.connectTimeout = CONNECT_MS
        connection.readTimeout = READ_MS
        connection.instanceFollowRedirects = false
        connection.useCaches = false
        request.fields.forEach { connection.setRequestProperty(it.name, it.value) }
        method(connection, request.method.name)
        val bytes = when (val body = request.body) {
            is HttpBody.Empty -> return
            is HttpBody.Bytes -> body.bytes.size.toLong()
            is HttpBody.File -> body.bytes.toLong()
        }
        connection.doOutput = true
        connection.setFixedLengthStreamingMode(bytes)
        connection.outputStream.use { out -> send(request.body, out) }
    }

    private fun send(body: HttpBody, out: OutputStream) {
        if (body is HttpBody.Bytes) out.write(body.bytes)
        if (body !is HttpBody.File) return
        RandomAccessFile(body.path, "r").use { file ->
            file.seek(body.from.toLong())
            var left = body.bytes.toLong()
            val piece = ByteArray(PIECE_BYTES)
            while (left > 0) {
                val read = file.read(piece, 0, minOf(left, piece.size.toLong()).toInt())
                if (read < 0) throw TransportException.Failed("the file is shorter than was said")
                out.write(piece, 0, read)
                left -= read
            }
        }
    }

    private fun answer(connection: HttpURLConnection, bytesMax: Long): HttpAnswer {
        val status = connection.responseCode.toUShort()
        val fields = connection.headerFields.filterKeys { it != null }
            .flatMap { (name, values) -> values.map { HttpField(name, it) } }
        val stream = if (status >= 400u) connection.errorStream else connection.inputStream
        val isLarge = connection.contentLengthLong > MEMORY_BYTES_MAX
        val store = if (isLarge) Spill(File.createTempFile("answer", null, folder)) else Spill(null)
        val cut = store.use { stream?.let { read(it, store, bytesMax) } }
        val came = HttpAnswer(status, fields, store.body())
        if (cut != null) throw TransportException.Cut(why(cut), came)
        return came
    }

    /** Reads to the end; gives what broke it off. */
    private fun read(stream: InputStream, to: Spill, bytesMax: Long): IOException? {
        val piece = ByteArray(PIECE_BYTES)
        var came = 0L
        try {
            while (true) {
                val read = stream.read(piece)
                if (read < 0) return null
                came += read
                if (came > bytesMax) {
                    throw TransportException.Failed("the answer is longer than allowed")
                }
                to.write(piece, read)
            }
        } catch (broken: IOException) {
            return broken
        }
    }

    private fun why(error: Exception) = error.message ?: error.javaClass.simpleName

    /** Where an answer goes: a file, or memory where there is none. */
    private class Spill(private val file: File?) : AutoCloseable {
        private val memory = ByteArrayOutputStream()
        private val out: OutputStream = file?.outputStream() ?: memory

        fun write(piece: ByteArray, bytes: Int) = out.write(piece, 0, bytes)

        fun body(): HttpAnswerBody =
            file?.let { HttpAnswerBody.File(it.path) } ?: HttpAnswerBody.Bytes(memory.toByteArray())

        override fun close() = out.close()
    }
}
