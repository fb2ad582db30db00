/** A hub is certified without a desk: its keys are scanned, and the file goes back to it. */
package org.angen.shell.view

import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.angen.shell.R
import org.angen.shell.host.TrayProvider
import org.angen.shell.model.HubModel
import org.angen.shell.model.HubState
import org.angen.shell.model.Trouble
import org.angen.shell.view.kit.Field
import org.angen.shell.view.kit.Given
import org.angen.shell.view.kit.Tone
import org.angen.shell.view.kit.Weight
import org.angen.shell.view.kit.put
import org.angen.shell.view.kit.shown
import uniffi.angen_bindings.CertifyHub

class HubScreen : ScanningScreen<HubState, HubModel>() {
    private lateinit var form: LinearLayout
    private lateinit var keys: Given
    private lateinit var fields: Map<String, Field>
    private lateinit var made: LinearLayout
    private lateinit var what: TextView
    private lateinit var certify: Button
    private lateinit var out: LinearLayout

    override fun title() = getString(R.string.hub)

    override fun makeModel() = HubModel(desk).also { it.load() }

    override fun build() {
        val kit = page.kit
        form = page.content.put(kit.column())
        form.put(kit.text(getString(R.string.hub_what), Tone.SOFT))
        keys = form.put(Given(kit, getString(R.string.hub_scan)) { scan(KEYS) })
        fields = mapOf(
            "name" to kit.field(getString(R.string.hub_name)),
            "organisation" to kit.field(getString(R.string.hub_organisation)),
            "origin" to kit.field(getString(R.string.hub_origin)),
        )
        fields.values.forEach { form.put(it) }
        made = page.content.put(kit.card())
        made.put(kit.heading(getString(R.string.hub_made)))
        what = made.put(kit.text(""))
        what.setTextIsSelectable(true)
        out = page.foot.put(kit.column())
        out.put(kit.button(getString(R.string.hub_save), press = ::choosePlace))
        out.put(kit.button(getString(R.string.hub_share), Weight.MAIN, ::share))
        certify = page.foot.put(kit.button(getString(R.string.hub_certify), Weight.MAIN, ::certify))
    }

    override fun show(state: HubState) {
        val place = state.trouble?.place
        fields.forEach { (name, field) ->
            field.say(state.trouble?.takeIf { name == place }?.let(page::words))
        }
        keys.say(state.trouble?.takeIf { place == KEYS }?.let(page::words))
        say(state.trouble?.takeIf { place != KEYS && place !in fields })
        made.shown(state.hub != null)
        out.shown(state.hub != null)
        certify.shown(state.hub == null)
        form.shown(state.hub == null)
        val hub = state.hub ?: return
        what.text = listOf(
            hub.origin,
            "${getString(R.string.hub_certificate)}：${Labels.grouped(hub.certificate)}",
            startWords(),
        ).joinToString("\n")
        val words = if (state.isSaved) R.string.hub_saved else R.string.hub_ready
        if (state.trouble == null) page.tell(getString(words, state.file?.name), Tone.GOOD)
    }

    override fun scanned(purpose: String, text: String) {
        keys.scanned(text)
    }

    private fun certify() {
        fun words(name: String) = fields.getValue(name).words
        model.certify(
            CertifyHub(
                name = words("name"),
                organisation = words("organisation"),
                origin = words("origin"),
                keys = keys.words,
            ),
        )
    }

    /** What is to be typed where the hub runs, as it must be: nobody copies a fingerprint by hand. */
    private fun startWords(): String {
        val state = model.state
        return getString(R.string.hub_start, state.place?.root.orEmpty(), state.file?.name.orEmpty())
    }

    private fun share() {
        val file = model.state.file ?: return
        val uri = TrayProvider.uriOf(this, file)
        val send = Intent(Intent.ACTION_SEND)
            .setType(contentResolver.getType(uri))
            .putExtra(Intent.EXTRA_STREAM, uri)
            .putExtra(Intent.EXTRA_TEXT, startWords())
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        startActivity(Intent.createChooser(send, file.name))
    }

    private fun choosePlace() {
        val file = model.state.file ?: return
        val intent = Intent(Intent.ACTION_CREATE_DOCUMENT)
            .addCategory(Intent.CATEGORY_OPENABLE)
            .setType("application/octet-stream")
            .putExtra(Intent.EXTRA_TITLE, file.name)
        try {
            @Suppress("DEPRECATION")
            startActivityForResult(intent, SAVE)
        } catch (_: ActivityNotFoundException) {
            getString(R.string.no_files).let { page.say(Trouble(it, it)) }
        }
    }

    @Deprecated("The platform's own way; AndroidX is not used.")
    override fun onActivityResult(what: Int, result: Int, data: Intent?) {
        @Suppress("DEPRECATION")
        super.onActivityResult(what, result, data)
        val uri = data?.data
        if (what == SAVE && result == RESULT_OK && uri != null) save(uri)
    }

    private fun save(uri: Uri) = model.save { file ->
        val to = checkNotNull(contentResolver.openOutputStream(uri)) { "the place is gone" }
        to.use { out -> file.inputStream().use { it.copyTo(out) } }
    }

    private companion object {
        const val KEYS = "keys"
        const val SAVE = 2
    }
}
