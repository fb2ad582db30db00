/** Room on the phone's disk. */
package org.angen.shell.host

import java.io.File
import uniffi.angen_bindings.Disk
import uniffi.angen_bindings.HostException

class PhoneDisk : Disk {
    /** Of the place itself, or of the nearest folder above that is there already. */
    override fun freeBytes(place: String): ULong {
        val there = generateSequence(File(place)) { it.parentFile }.firstOrNull { it.exists() }
        there ?: throw HostException.Failed("no such place on the disk")
        return there.usableSpace.toULong()
    }
}
