/** A township on one phone: a new database, established, with two certified officers. */
package org.angen

import java.nio.file.Path
import uniffi.angen_bindings.CaptureEvidence
import uniffi.angen_bindings.EnrolOfficer
import uniffi.angen_bindings.Establish
import uniffi.angen_bindings.EvidenceKind
import uniffi.angen_bindings.Inspector
import uniffi.angen_bindings.Role
import uniffi.angen_bindings.SourceClass

class Township(folder: Path) : AutoCloseable {
    val clock = JvmClock()
    val keys = JvmKeys()
    val disk = JvmDisk()
    val inspector: Inspector = Inspector.open(folder.resolve("库").toString(), clock, keys, disk)

    val established = inspector.establish(
        Establish(
            area = "371102100",
            township = "河山镇",
            organisation = "日照市东港区应急管理局",
            administrator = "管理员",
        ),
    )
    val first = enrol("陈立新", "15110200101")
    val second = enrol("王海燕", "15110200102")

    fun enrol(name: String, certificateNo: String) = inspector.enrolOfficer(
        established.administrator,
        EnrolOfficer(
            name = name,
            role = Role.ENFORCER,
            organisation = "河山镇人民政府",
            certificateNo = certificateNo,
            certificateValidUntil = "2028-06-30",
        ),
    )

    /** A photo taken by this phone, into the register of enterprises. */
    fun photo(file: Path) = CaptureEvidence(
        path = file.toString(),
        dossier = established.register,
        kind = EvidenceKind.AUDIO_VISUAL,
        source = SourceClass.OWN_CAMERA,
        caption = "砂轮机防护罩缺失",
        device = "JVM test",
    )

    override fun close() = inspector.close()
}
