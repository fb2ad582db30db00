/** Enterprises: two characters find one, and from it a check is planned. */
package org.angen.shell.view

import android.view.View
import android.widget.Button
import android.widget.LinearLayout
import org.angen.shell.R
import org.angen.shell.model.EnterprisesModel
import org.angen.shell.model.EnterprisesState
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.weigh
import uniffi.angen_bindings.RegisterEnterprise

class EnterprisesScreen : Screen<EnterprisesState, EnterprisesModel>() {
    private lateinit var search: Field
    private lateinit var list: LinearLayout
    private lateinit var form: LinearLayout
    private lateinit var numbers: LinearLayout
    private lateinit var fields: Map<String, Field>
    private lateinit var register: Button
    private lateinit var plan: Button

    override fun title() = getString(R.string.more_enterprises)

    override fun makeModel() =
        EnterprisesModel(desk, intent.getStringExtra(DOSSIER)).also { it.search("") }

    override fun build() {
        val kit = page.kit
        search = page.head.put(kit.field(getString(R.string.enterprise_search)))
        search.onType(model::search)
        list = page.content.put(kit.column())
        form = page.content.put(kit.column())
        fields = mapOf(
            "name" to kit.field(getString(R.string.enterprise_name)),
            "credit_code" to kit.field(getString(R.string.enterprise_code)),
            "no_code_reason" to kit.field(getString(R.string.enterprise_no_code)),
            "address" to kit.field(getString(R.string.enterprise_address)),
        )
        fields.values.forEach { form.put(it) }
        form.visibility = View.GONE
        numbers = page.content.put(kit.column())
        val approval = numbers.put(kit.field(getString(R.string.check_approval)))
        val notice = numbers.put(kit.field(getString(R.string.check_notice)))
        register = page.foot.put(
            kit.button(getString(R.string.enterprise_register), press = ::register),
        )
        plan = page.foot.put(
            kit.button(getString(R.string.visit_add_check), Weight.MAIN) {
                model.plan(approval.words, notice.words)
            },
        )
    }

    override fun show(state: EnterprisesState) {
        state.planned?.let {
            go(CheckScreen::class.java, DOSSIER to it, TITLE to state.chosen!!.name)
            finish()
            return
        }
        val chosen = state.chosen
        plan.visibility = if (chosen == null) View.GONE else View.VISIBLE
        numbers.visibility = plan.visibility
        register.visibility = if (chosen == null) View.VISIBLE else View.GONE
        search.visibility = register.visibility
        if (chosen != null) form.visibility = View.GONE
        list.visibility = if (form.visibility == View.VISIBLE) View.GONE else View.VISIBLE
        list.removeAllViews()
        if (chosen == null) found(state) else lists(state)
        val place = state.trouble?.place
        fields.forEach { (name, field) ->
            field.say(state.trouble?.takeIf { name == place }?.let(page::words))
        }
        say(state.trouble?.takeIf { place !in fields || form.visibility != View.VISIBLE })
    }

    private fun found(state: EnterprisesState) {
        state.found.forEach { enterprise ->
            val code = enterprise.creditCode ?: getString(R.string.enterprise_without_code)
            val lines = listOf(code to Tone.SOFT)
            list.put(page.kit.row(enterprise.name, lines) { model.choose(enterprise) })
        }
        if (state.found.isEmpty()) {
            list.put(page.kit.text(getString(R.string.enterprise_none), Tone.SOFT))
        }
        if (state.next != null) {
            list.put(page.kit.button(getString(R.string.show_more)) { model.more() })
        }
    }

    private fun lists(state: EnterprisesState) {
        val kit = page.kit
        list.put(kit.heading(state.chosen!!.name))
        list.put(kit.text(getString(R.string.enterprise_lists), Tone.SOFT))
        state.lists.forEach { row ->
            val picked = row.checklist in state.picked
            val words = (if (picked) "✓ " else "") + Labels.list(this, row.title)
            list.put(kit.button(words) { model.pick(row.checklist) })
                .weigh(kit, picked)
        }
        list.put(kit.button(getString(R.string.back)) { model.choose(null) })
    }

    /** First opens the form, filled with what was searched for; then registers. */
    private fun register() {
        if (form.visibility != View.VISIBLE) {
            form.visibility = View.VISIBLE
            list.visibility = View.GONE
            fields.getValue("name").words = search.words
            return
        }
        fun words(name: String) = fields.getValue(name).words
        model.register(
            RegisterEnterprise(
                name = words("name"),
                creditCode = words("credit_code").ifEmpty { null },
                noCodeReason = words("no_code_reason").ifEmpty { null },
                address = words("address"),
            ),
        )
    }
}
