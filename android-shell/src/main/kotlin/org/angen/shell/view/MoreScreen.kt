/** What is not done every hour: plan a visit, look things up, the phone itself. */
package org.angen.shell.view

import org.angen.shell.R
import org.angen.shell.model.TodayModel
import org.angen.shell.model.TodayState
import org.angen.shell.view.kit.put

class MoreScreen : Screen<TodayState, TodayModel>() {
    override fun title() = getString(R.string.more)

    override fun makeModel() = TodayModel(desk).also { it.load() }

    override fun build() {
        val kit = page.kit
        val screens = mapOf(
            R.string.more_enterprises to EnterprisesScreen::class.java,
            R.string.more_dossiers to DossiersScreen::class.java,
            R.string.assent_sign to SignAssentScreen::class.java,
            R.string.verify to VerifyScreen::class.java,
            R.string.sync to SyncScreen::class.java,
            R.string.bundle to BundleScreen::class.java,
            R.string.more_people to PeopleScreen::class.java,
        )
        screens.forEach { (words, screen) ->
            page.content.put(kit.button(getString(words)) { go(screen) })
        }
        page.content.put(
            kit.button(getString(R.string.more_assistance)) { model.plan(1u, PROFILE) },
        )
        page.foot.put(kit.button(getString(R.string.back)) { finish() })
    }

    override fun show(state: TodayState) {
        say(state.trouble)
        val planned = state.planned?.takeUnless { isFinishing } ?: return
        go(VisitScreen::class.java, DOSSIER to planned, TITLE to getString(R.string.visit))
        finish()
    }

    private companion object {
        /** What counts since 2025; `rizhao-2021` is for looking back. */
        const val PROFILE = "since-2025"
    }
}
