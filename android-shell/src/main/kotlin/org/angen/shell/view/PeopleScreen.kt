/** Whose phone this is, enrolment of the people who share it, and what else a township sets up. */
package org.angen.shell.view

import android.text.InputType
import android.view.View
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.model.PeopleModel
import org.angen.shell.model.PeopleState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.PersonForm
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put

class PeopleScreen : Screen<PeopleState, PeopleModel>() {
    private lateinit var place: TextView
    private lateinit var form: LinearLayout
    private lateinit var person: PersonForm
    private lateinit var pin: Field
    private lateinit var again: Field
    private lateinit var enrol: Button
    private val fields get() = person.fields + ("pin" to pin)

    override fun title() = getString(R.string.people)

    override fun makeModel() = PeopleModel(desk).also { it.load() }

    override fun build() {
        val kit = page.kit
        val card = page.content.put(kit.card())
        card.put(kit.heading(getString(R.string.people_place)))
        place = card.put(kit.text("", Tone.SOFT))
        form = page.content.put(kit.column())
        val others = mapOf(
            R.string.admit to AdmitScreen::class.java,
            R.string.hub to HubScreen::class.java,
            R.string.experts to ExpertScreen::class.java,
        )
        others.forEach { (words, screen) ->
            form.put(kit.button(getString(words)) { go(screen) })
        }
        form.put(kit.heading(getString(R.string.people_enrol)))
        person = form.put(PersonForm(kit))
        val digits = InputType.TYPE_CLASS_NUMBER or InputType.TYPE_NUMBER_VARIATION_PASSWORD
        pin = form.put(kit.field(getString(R.string.pin_new), digits))
        again = form.put(kit.field(getString(R.string.pin_again), digits))
        form.put(kit.text(getString(R.string.person_pin_what), Tone.SOFT, R.dimen.text_small))
        enrol = page.foot.put(
            kit.button(getString(R.string.people_enrol), Weight.MAIN) {
                model.enrol(person.request(), pin.words, again.words)
            },
        )
    }

    override fun show(state: PeopleState) {
        val known = state.place ?: return say(state.trouble)
        place.text = listOf(
            "${known.township}（${known.area}）",
            "${getString(R.string.people_root)}：${Labels.grouped(known.root)}",
        ).joinToString("\n")
        val may = model.isAdministrator
        form.visibility = if (may) View.VISIBLE else View.GONE
        enrol.visibility = form.visibility
        val wrong = state.trouble?.place
        fields.forEach { (name, field) ->
            field.say(state.trouble?.takeIf { name == wrong }?.let(page::words))
        }
        say(state.trouble?.takeIf { wrong !in fields })
        if (!may) page.tell(getString(R.string.people_only_admin), Tone.SOFT)
        val enrolled = state.enrolled ?: return
        person.clear()
        listOf(pin, again).forEach { it.words = "" }
        page.tell(getString(R.string.person_enrolled, enrolled.name), Tone.GOOD)
    }
}
