/** Hands a finished PDF to the phone's print service, byte for byte. */
package org.angen.shell.host

import android.os.Bundle
import android.os.CancellationSignal
import android.os.ParcelFileDescriptor
import android.print.PageRange
import android.print.PrintAttributes
import android.print.PrintDocumentAdapter
import android.print.PrintDocumentInfo
import java.io.File
import java.io.IOException

/** The core has set the pages; nothing of them is laid out again for another paper. */
class PdfPages(private val pdf: File) : PrintDocumentAdapter() {
    override fun onLayout(
        old: PrintAttributes?,
        now: PrintAttributes?,
        cancelled: CancellationSignal?,
        answer: LayoutResultCallback,
        extras: Bundle?,
    ) {
        if (cancelled?.isCanceled == true) return answer.onLayoutCancelled()
        val info = PrintDocumentInfo.Builder(pdf.name)
            .setContentType(PrintDocumentInfo.CONTENT_TYPE_DOCUMENT)
            .setPageCount(PrintDocumentInfo.PAGE_COUNT_UNKNOWN)
            .build()
        answer.onLayoutFinished(info, old != now)
    }

    override fun onWrite(
        pages: Array<out PageRange>?,
        to: ParcelFileDescriptor,
        cancelled: CancellationSignal?,
        answer: WriteResultCallback,
    ) = try {
        ParcelFileDescriptor.AutoCloseOutputStream(to).use { out ->
            pdf.inputStream().use { it.copyTo(out) }
        }
        answer.onWriteFinished(arrayOf(PageRange.ALL_PAGES))
    } catch (why: IOException) {
        answer.onWriteFailed(why.message)
    }
}
