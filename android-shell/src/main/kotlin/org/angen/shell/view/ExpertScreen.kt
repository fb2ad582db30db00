/** Appointment of a mentor to the expert pool, by the administrator, as the letter says it. */
package org.angen.shell.view

import android.widget.Button
import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.ExpertModel
import org.angen.shell.model.ExpertState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.ExpertKind

class ExpertScreen : Screen<ExpertState, ExpertModel>() {
    private lateinit var mentors: LinearLayout
    private lateinit var kinds: Map<ExpertKind, Button>
    private lateinit var fields: Map<String, Field>
    private lateinit var appoint: Button

    override fun title() = getString(R.string.experts)

    override fun makeModel() = ExpertModel(desk).also { it.load() }

    override fun build() {
        val kit = page.kit
        page.content.put(kit.text(getString(R.string.experts_what), Tone.SOFT))
        mentors = page.content.put(kit.column())
        kinds = mapOf(
            ExpertKind.CITY to R.string.expert_city,
            ExpertKind.DISTRICT to R.string.expert_district,
            ExpertKind.TECHNICAL to R.string.expert_technical,
        ).mapValues { (kind, words) -> kit.button(getString(words)) { model.choose(kind) } }
        page.content.put(kit.beside(*kinds.values.toTypedArray()))
        fields = mapOf(
            "appointed_by" to kit.field(getString(R.string.expert_by)),
            "specialties" to kit.field(getString(R.string.expert_specialties)),
            "from" to kit.field(getString(R.string.expert_from)),
            "until" to kit.field(getString(R.string.expert_until)),
        )
        fields.values.forEach { page.content.put(it) }
        words("from").words = model.term.first
        words("until").words = model.term.second
        appoint = page.foot.put(
            kit.button(getString(R.string.expert_appoint), Weight.MAIN) {
                val term = words("from").words to words("until").words
                model.appoint(words("appointed_by").words, words("specialties").words, term)
            },
        )
    }

    override fun show(state: ExpertState) {
        val kit = page.kit
        mentors.removeAllViews()
        state.mentors.forEach { mentor ->
            mentors.put(kit.button(mentor.name) { model.choose(mentor) })
                .weigh(kit, mentor.officer == state.chosen?.officer)
        }
        if (state.mentors.isEmpty()) {
            mentors.put(kit.text(getString(R.string.experts_none), Tone.WARN))
        }
        kinds.forEach { (kind, button) -> button.weigh(kit, kind == state.kind) }
        appoint.shown(state.chosen != null)
        val place = state.trouble?.place
        fields.forEach { (name, field) ->
            field.say(state.trouble?.takeIf { name == place }?.let(page::words))
        }
        say(state.trouble?.takeIf { place !in fields })
        val appointed = state.appointed ?: return
        page.tell(getString(R.string.expert_appointed, appointed.name), Tone.GOOD)
    }

    private fun words(name: String) = fields.getValue(name)
}
