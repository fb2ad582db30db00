/** The one-page report 帮扶报告 of a visit, as the core writes it: a page to read, print, share. */
package org.angen.shell.model

import java.io.File
import uniffi.angen_bindings.Lang

data class ReportState(
    val page: String? = null,
    val file: File? = null,
    val trouble: Trouble? = null,
)

class ReportModel(desk: Desk, private val visit: String, private val language: Lang) :
    Model<ReportState>(desk, ReportState()) {
    /** Writes it as of now; the one before is replaced. */
    fun load() = ask(
        {
            val now = desk.nowMs()
            val file = File(desk.tray, "report-${dayOf(now)}.html")
            desk.inspector.report(visit, language, now, file.path)
            ReportState(file.readText(), file)
        },
        failed = { state = state.copy(trouble = it) },
    ) { state = it }
}
