/** Which network the phone is on: films wait for one that costs nothing. */
package org.angen.shell.host

import android.content.Context
import android.net.ConnectivityManager
import uniffi.angen_bindings.Network

class PhoneNetwork(context: Context) {
    private val manager = context.getSystemService(ConnectivityManager::class.java)

    fun now(): Network = if (manager.isActiveNetworkMetered) Network.METERED else Network.FREE
}
