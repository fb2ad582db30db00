/** Today: three lines of what is missing first, then the open work, then what is not sent. */
package org.angen.shell.view

import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.model.TodayModel
import org.angen.shell.model.TodayState
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import uniffi.angen_bindings.ClockView
import uniffi.angen_bindings.TodayRow

class TodayScreen : Screen<TodayState, TodayModel>() {
    private lateinit var who: TextView
    private lateinit var list: LinearLayout
    private lateinit var capture: Button
    private lateinit var note: Button

    override fun title() = getString(R.string.today)

    override fun makeModel() = TodayModel(desk)

    override fun onResume() {
        super.onResume()
        if (desk.worker == null && !isFinishing) {
            go(SignInScreen::class.java, HOME to HOME)
            finish()
        } else if (!isFinishing) {
            model.load()
        }
    }

    override fun build() {
        val kit = page.kit
        who = page.head.put(kit.text("", Tone.SOFT))
        list = page.content.put(kit.column())
        val switch = kit.button(getString(R.string.hand_over)) { handOver() }
        val more = kit.button(getString(R.string.more)) { go(MoreScreen::class.java) }
        page.foot.put(kit.beside(switch, more))
        note = kit.button(getString(R.string.note)) { to(NoteScreen::class.java) }
        capture = kit.button(getString(R.string.capture), Weight.MAIN) {
            to(CaptureScreen::class.java)
        }
        page.foot.put(kit.beside(note, capture, always = true))
    }

    override fun show(state: TodayState) {
        val names = listOfNotNull(state.place?.township, desk.worker?.name)
        who.text = names.joinToString("　")
        listOf(note, capture).forEach { it.isEnabled = state.newest != null }
        list.removeAllViews()
        missing(state)
        conflicts(state.today?.conflicts?.toInt() ?: 0)
        state.today?.rows.orEmpty().forEach { list.put(work(it)) }
        if (state.today?.rows?.isEmpty() == true) {
            list.put(page.kit.text(getString(R.string.nothing_open), Tone.SOFT))
        }
        state.today?.clocks.orEmpty().take(CLOCKS_SHOWN).forEach { list.put(clock(it)) }
        state.today?.let { unsent(state) }
        say(state.trouble)
    }

    private fun missing(state: TodayState) {
        if (state.today?.rows.isNullOrEmpty()) return
        MissingCard.put(page, list, state.missing, state.moreMissing)
    }

    private fun conflicts(count: Int) {
        if (count == 0) return
        val words = resources.getQuantityString(R.plurals.conflicts, count, count)
        val see = getString(R.string.conflicts_see)
        list.put(page.kit.row(words, listOf(see to Tone.BAD)) { go(ConflictsScreen::class.java) })
    }

    private fun work(row: TodayRow) = page.kit.row(
        Labels.title(this, row.kind, row.title),
        listOfNotNull(
            row.place.takeIf { it.isNotEmpty() && it != row.title }?.let { it to Tone.SOFT },
            row.board.takeIf { it.isNotEmpty() }?.let { Labels.board(this, it) to Tone.PLAIN },
            if (row.missingCount == 0u) {
                getString(R.string.nothing_missing) to Tone.GOOD
            } else {
                val count = row.missingCount.toInt()
                resources.getQuantityString(R.plurals.missing_count, count, count) to Tone.WARN
            },
            row.conflicts.takeIf { it > 0u }?.let {
                resources.getQuantityString(R.plurals.conflicts, it.toInt(), it.toInt()) to Tone.BAD
            },
        ),
    ) { open(row) }

    /** The core's own sentence: what ends, when, how much is left, by which law. */
    private fun clock(clock: ClockView) = page.kit.row(
        page.words(clock.sentence.zh, clock.sentence.en),
        listOf(clock.law to Tone.SOFT),
        press = null,
    )

    private fun unsent(state: TodayState) {
        val unsent = state.today?.unsent ?: return
        val words = getString(
            R.string.unsent,
            unsent.seals.toInt(),
            (unsent.filesNamed - unsent.files).toInt(),
            unsent.filesNamed.toInt(),
        )
        list.put(page.kit.row(getString(R.string.sync), listOf(words to Tone.SOFT)) {
            go(SyncScreen::class.java)
        })
    }

    private fun open(row: TodayRow) {
        val screen = when (row.kind) {
            "assistance" -> VisitScreen::class.java
            else -> CheckScreen::class.java
        }
        go(screen, DOSSIER to row.dossier, TITLE to Labels.title(this, row.kind, row.title))
    }

    private fun to(screen: Class<*>) = model.state.newest?.let { go(screen, DOSSIER to it) } ?: Unit

    private fun handOver() {
        model.handOver()
        go(SignInScreen::class.java, HOME to HOME)
        finish()
    }

    private companion object {
        /** Periods shown at once, the nearest first. */
        const val CLOCKS_SHOWN = 3
    }
}
