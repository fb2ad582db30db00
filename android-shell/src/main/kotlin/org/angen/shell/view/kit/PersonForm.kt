/** Who is enrolled: what the person does, name, body, certificate; the same wherever it is asked. */
package org.angen.shell.view.kit

import android.widget.Button
import android.widget.LinearLayout
import org.angen.shell.R
import uniffi.angen_bindings.EnrolOfficer
import uniffi.angen_bindings.Role

class PersonForm(private val kit: Kit) : LinearLayout(kit.context) {
    private val roles: Map<Role, Button>
    private var role = Role.ENFORCER

    /** By the core's names for them. */
    val fields: Map<String, Field>

    init {
        orientation = VERTICAL
        roles = mapOf(
            Role.ENFORCER to R.string.role_enforcer,
            Role.MENTOR to R.string.role_mentor,
            Role.ASSISTANT to R.string.role_assistant,
        ).mapValues { (role, words) -> kit.button(context.getString(words)) { choose(role) } }
        put(kit.beside(*roles.values.toTypedArray()))
        fields = mapOf(
            "name" to kit.field(context.getString(R.string.person_name)),
            "organisation" to kit.field(context.getString(R.string.person_organisation)),
            "certificate_no" to kit.field(context.getString(R.string.person_certificate)),
            "certificate_valid_until" to kit.field(context.getString(R.string.person_until)),
        )
        fields.values.forEach { put(it) }
        choose(role)
    }

    fun clear() = fields.values.forEach { it.words = "" }

    fun request(): EnrolOfficer {
        fun words(name: String) = fields.getValue(name).words
        return EnrolOfficer(
            name = words("name"),
            role = role,
            organisation = words("organisation"),
            certificateNo = words("certificate_no").ifEmpty { null },
            certificateValidUntil = words("certificate_valid_until").ifEmpty { null },
        )
    }

    private fun choose(role: Role) {
        this.role = role
        roles.forEach { (each, button) -> button.weigh(kit, each == role) }
    }
}
