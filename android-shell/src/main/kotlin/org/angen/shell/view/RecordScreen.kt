/** Who stands behind a record: the second officer after a hand-over, and the party by signature. */
package org.angen.shell.view

import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.model.CheckModel
import org.angen.shell.model.CheckState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import uniffi.angen_bindings.Purpose

class RecordScreen : Screen<CheckState, CheckModel>() {
    private lateinit var who: TextView
    private lateinit var party: TextView
    private lateinit var signer: Field
    private lateinit var post: Field
    private lateinit var reason: Field

    override fun title() = getString(R.string.record)

    override fun makeModel() = CheckModel(desk, extra(DOSSIER))

    override fun onResume() {
        super.onResume()
        if (!isFinishing) model.load()
    }

    override fun build() {
        val kit = page.kit
        val second = page.content.put(kit.card())
        second.put(kit.heading(getString(R.string.assent)))
        second.put(kit.text(getString(R.string.assent_what), Tone.SOFT))
        who = second.put(kit.text(""))
        second.put(kit.button(getString(R.string.hand_over)) { go(SignInScreen::class.java) })
        second.put(kit.button(getString(R.string.assent_give), Weight.MAIN) { model.assent() })
        second.put(
            kit.button(getString(R.string.assent_away)) {
                go(AssentScreen::class.java, DOSSIER to model.dossier)
            },
        )
        val side = page.content.put(kit.card())
        side.put(kit.heading(getString(R.string.party)))
        party = side.put(kit.text("", Tone.SOFT))
        side.put(
            kit.button(getString(R.string.party_page)) {
                val page = Purpose.SIGNED_PAGE.name
                go(CaptureScreen::class.java, DOSSIER to model.dossier, PURPOSE to page)
            },
        )
        signer = side.put(kit.field(getString(R.string.party_signer)))
        post = side.put(kit.field(getString(R.string.party_post)))
        side.put(
            kit.button(getString(R.string.party_signed), Weight.MAIN) {
                model.signed(signer.words, post.words)
            },
        )
        reason = side.put(kit.field(getString(R.string.party_reason)))
        side.put(
            kit.button(getString(R.string.party_refused), Weight.GRAVE) {
                model.refused(reason.words)
            },
        )
        page.foot.put(kit.button(getString(R.string.back)) { finish() })
    }

    override fun show(state: CheckState) {
        who.text = getString(R.string.now_works, desk.worker?.name ?: "—")
        val answer = state.check?.record
        party.text = when {
            answer != null -> Labels.record(this, answer)
            state.signedPage != null -> getString(R.string.party_page_there)
            else -> getString(R.string.party_none)
        }
        val place = state.trouble?.place
        mapOf("signer" to signer, "post" to post, "reason" to reason).forEach { (name, field) ->
            field.say(state.trouble?.takeIf { it.place == name }?.let(page::words))
        }
        say(state.trouble?.takeIf { place !in listOf("signer", "post", "reason") })
        if (state.trouble == null) state.done?.let { page.tell(page.words(it), Tone.GOOD) }
    }
}
