/** The app's own transport on a JVM, whose connections know every method but PATCH. */
package org.angen.shell.bench

import java.io.File
import java.net.HttpURLConnection
import org.angen.shell.host.HttpTransport

class JvmTransport(folder: File) : HttpTransport(folder) {
    /** Android's own connections take it by their ordinary way. */
    override fun method(connection: HttpURLConnection, name: String) {
        if (name != "PATCH") return super.method(connection, name)
        val field = HttpURLConnection::class.java.getDeclaredField("method")
        field.isAccessible = true
        field.set(connection, name)
    }
}
