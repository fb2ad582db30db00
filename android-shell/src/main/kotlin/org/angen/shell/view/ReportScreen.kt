/** The report of a visit: the core's own page, shown as it is printed. */
package org.angen.shell.view

import android.print.PrintManager
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.webkit.WebView
import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.ReportModel
import org.angen.shell.model.ReportState
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import uniffi.angen_bindings.Lang

class ReportScreen : Screen<ReportState, ReportModel>() {
    private lateinit var paper: WebView
    private var shown: String? = null

    override fun title() = getString(R.string.report)

    override fun makeModel(): ReportModel {
        val isChinese = resources.configuration.locales[0].language == "zh"
        return ReportModel(desk, extra(DOSSIER), if (isChinese) Lang.ZH else Lang.EN)
    }

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        // The page has no script, and reaches for nothing: what it shows is in it.
        paper = WebView(this)
        paper.settings.apply {
            blockNetworkLoads = true
            useWideViewPort = true
            loadWithOverviewMode = true
            builtInZoomControls = true
            displayZoomControls = false
        }
        paper.contentDescription = getString(R.string.report)
        page.content.addView(paper, LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT, 1f))
        val share = kit.button(getString(R.string.preview_share)) {
            model.state.file?.let { Handing.share(this, it) }
        }
        val print = kit.button(getString(R.string.preview_print), Weight.MAIN, ::print)
        page.foot.put(kit.beside(share, print))
    }

    override fun show(state: ReportState) {
        val words = state.page
        if (words != null && words != shown) {
            shown = words
            paper.loadDataWithBaseURL(null, words, "text/html", "utf-8", null)
        }
        say(state.trouble)
    }

    private fun print() {
        val name = model.state.file?.nameWithoutExtension ?: return
        val service: PrintManager? = getSystemService(PrintManager::class.java)
        val job = service?.print(name, paper.createPrintDocumentAdapter(name), null)
        if (job == null) page.tell(getString(R.string.preview_no_printer), Tone.WARN)
    }

    override fun onDestroy() {
        if (::paper.isInitialized) paper.destroy()
        super.onDestroy()
    }
}
