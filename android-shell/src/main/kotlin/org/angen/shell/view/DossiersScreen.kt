/** Dossiers: a list that ends where the phone's ends, each opened by a press. */
package org.angen.shell.view

import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.DossiersModel
import org.angen.shell.model.DossiersState
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.put
import uniffi.angen_bindings.DossierRow

class DossiersScreen : Screen<DossiersState, DossiersModel>() {
    private lateinit var list: LinearLayout

    override fun title() = getString(R.string.more_dossiers)

    override fun makeModel() = DossiersModel(desk).also { it.load() }

    override fun build() {
        list = page.content.put(page.kit.column())
        page.foot.put(page.kit.button(getString(R.string.back)) { finish() })
    }

    override fun show(state: DossiersState) {
        list.removeAllViews()
        state.rows.forEach { row -> list.put(row(row)) }
        if (state.next != null) {
            list.put(page.kit.button(getString(R.string.show_more)) { model.more() })
        }
        say(state.trouble)
    }

    private fun row(row: DossierRow) = page.kit.row(
        Labels.title(this, row.kind, row.title),
        listOfNotNull(
            listOfNotNull(kindBeside(row), Labels.time(row.openedMs)).joinToString("　") to Tone.SOFT,
            row.closedOn?.let { getString(R.string.dossier_closed, it) to Tone.SOFT },
        ),
        press = screen(row.kind)?.let { { open(it, row) } },
    )

    /** The kind, unless the dossier goes by it already. */
    private fun kindBeside(row: DossierRow): String? =
        getString(Labels.kind(row.kind)).takeIf { it != Labels.title(this, row.kind, row.title) }

    private fun open(screen: Class<*>, row: DossierRow) =
        go(screen, DOSSIER to row.dossier, TITLE to Labels.title(this, row.kind, row.title))

    /** Where a dossier is worked on; the standing ones are shown by the screens of their things. */
    private fun screen(kind: String): Class<*>? = when (kind) {
        "assistance" -> VisitScreen::class.java
        "check" -> CheckScreen::class.java
        else -> null
    }
}
