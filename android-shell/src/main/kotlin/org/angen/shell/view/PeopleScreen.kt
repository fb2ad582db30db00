/** Whose phone this is, and enrolment of the people who share it. */
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
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.EnrolOfficer
import uniffi.angen_bindings.Role

class PeopleScreen : Screen<PeopleState, PeopleModel>() {
    private lateinit var place: TextView
    private lateinit var form: LinearLayout
    private lateinit var fields: Map<String, Field>
    private lateinit var again: Field
    private lateinit var roles: Map<Role, Button>
    private lateinit var enrol: Button
    private var role = Role.ENFORCER

    override fun title() = getString(R.string.people)

    override fun makeModel() = PeopleModel(desk).also { it.load() }

    override fun build() {
        val kit = page.kit
        val card = page.content.put(kit.card())
        card.put(kit.heading(getString(R.string.people_place)))
        place = card.put(kit.text("", Tone.SOFT))
        form = page.content.put(kit.column())
        form.put(kit.button(getString(R.string.experts)) { go(ExpertScreen::class.java) })
        form.put(kit.heading(getString(R.string.people_enrol)))
        roles = mapOf(
            Role.ENFORCER to R.string.role_enforcer,
            Role.MENTOR to R.string.role_mentor,
            Role.ASSISTANT to R.string.role_assistant,
        ).mapValues { (role, words) -> kit.button(getString(words)) { choose(role) } }
        form.put(kit.beside(*roles.values.toTypedArray()))
        val digits = InputType.TYPE_CLASS_NUMBER or InputType.TYPE_NUMBER_VARIATION_PASSWORD
        fields = mapOf(
            "name" to kit.field(getString(R.string.person_name)),
            "organisation" to kit.field(getString(R.string.person_organisation)),
            "certificate_no" to kit.field(getString(R.string.person_certificate)),
            "certificate_valid_until" to kit.field(getString(R.string.person_until)),
            "pin" to kit.field(getString(R.string.pin_new), digits),
        )
        fields.values.forEach { form.put(it) }
        again = form.put(kit.field(getString(R.string.pin_again), digits))
        form.put(kit.text(getString(R.string.person_pin_what), Tone.SOFT, R.dimen.text_small))
        enrol = page.foot.put(kit.button(getString(R.string.people_enrol), Weight.MAIN, ::enrol))
        choose(role)
    }

    override fun show(state: PeopleState) {
        val known = state.place ?: return say(state.trouble)
        place.text = listOf(
            "${known.township}（${known.area}）",
            "${getString(R.string.people_root)}：${known.root.chunked(GROUP).joinToString(" ")}",
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
        (fields.values + again).forEach { it.words = "" }
        page.tell(getString(R.string.person_enrolled, enrolled.name), Tone.GOOD)
    }

    private fun choose(role: Role) {
        this.role = role
        roles.forEach { (each, button) -> button.weigh(page.kit, each == role) }
    }

    private fun enrol() {
        fun words(name: String) = fields.getValue(name).words
        val request = EnrolOfficer(
            name = words("name"),
            role = role,
            organisation = words("organisation"),
            certificateNo = words("certificate_no").ifEmpty { null },
            certificateValidUntil = words("certificate_valid_until").ifEmpty { null },
        )
        model.enrol(request, words("pin"), again.words)
    }

    private companion object {
        /** Digits of a fingerprint that are read aloud in one breath. */
        const val GROUP = 4
    }
}
