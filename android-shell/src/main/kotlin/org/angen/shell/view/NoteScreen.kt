/** A note, by keyboard or by the keyboard's own voice key. */
package org.angen.shell.view

import android.text.InputType
import org.angen.shell.R
import org.angen.shell.model.NoteModel
import org.angen.shell.model.NoteState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put

class NoteScreen : Screen<NoteState, NoteModel>() {
    private lateinit var words: Field

    override fun title() = getString(R.string.note)

    override fun makeModel() = NoteModel(desk, extra(DOSSIER), intent.getStringExtra(ABOUT))

    override fun build() {
        val many = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        page.content.put(page.kit.text(getString(R.string.note_what), Tone.SOFT))
        words = page.content.put(page.kit.field(getString(R.string.note_words), many))
        page.foot.put(
            page.kit.button(getString(R.string.keep), Weight.MAIN) { model.keep(words.words) },
        )
    }

    override fun show(state: NoteState) {
        words.say(state.trouble?.takeIf { it.place == "text" }?.let(page::words))
        say(state.trouble?.takeIf { it.place != "text" })
        if (state.kept != null) {
            words.words = ""
            page.tell(getString(R.string.note_kept), Tone.GOOD)
        }
    }
}
