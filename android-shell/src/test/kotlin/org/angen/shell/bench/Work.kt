/** Work that is begun already: tests of what comes after it need not tap their way to it. */
package org.angen.shell.bench

import android.content.Intent
import org.angen.shell.view.Screen
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import uniffi.angen_bindings.Consequence
import uniffi.angen_bindings.Element
import uniffi.angen_bindings.PlanAssistance
import uniffi.angen_bindings.PlanCheck
import uniffi.angen_bindings.ProposeFinding
import uniffi.angen_bindings.RegisterEnterprise
import uniffi.angen_bindings.Role

/** What was planned and found, by the ids of the core. */
data class Work(
    val visit: String,
    val enterprise: String,
    val checklist: String,
    val check: String,
    val finding: String,
)

const val WORKSHOP = "日照某某机械有限公司"
const val GUARD = "3 号砂轮机防护罩缺失"

/** Settled and enrolled by tapping; a check with a finding that leads to an order, by verbs. */
fun Phone.beginWork(): Work {
    settleTownship()
    enrolOfficers()
    handOver(CHEN)
    val (core, writer) = desk.inspector to desk.writer()
    val visit = planVisit(1u)
    val site = RegisterEnterprise(
        name = WORKSHOP,
        creditCode = "91371102MAHK00014X",
        address = "河山镇工业园 1 号",
    )
    val enterprise = core.registerEnterprise(writer, site).enterprise
    val checklist = core.checklists(null).rows.single { it.listId == "angen_mw" }.checklist
    val check = planCheck(visit, enterprise, checklist)
    return Work(visit, enterprise, checklist, check, raise(check, checklist, "MW04", GUARD))
}

fun Phone.planVisit(round: UInt): String {
    val officers = desk.inspector.officers(desk.nowMs())
    val mentors = officers.filter { it.role == Role.MENTOR }.map { it.writer }
    val request = PlanAssistance(round, "since-2025", mentors)
    return desk.inspector.planAssistance(desk.writer(), request).dossier
}

fun Phone.planCheck(visit: String, enterprise: String, checklist: String): String {
    val request = PlanCheck(
        enterprise = enterprise,
        checklists = listOf(checklist),
        basis = "assistance",
        approvalNo = "检审〔2026〕1号",
        assistance = visit,
    )
    return desk.inspector.planCheck(desk.writer(), request).dossier
}

/** A finding on an item of the list, which leads to an order. */
fun Phone.raise(check: String, checklist: String, item: String, title: String): String {
    val (core, writer) = desk.inspector to desk.writer()
    val ask = ProposeFinding(check, checklist, item, Consequence.ORDER, criterionMet = false)
    val proposed = core.proposeFinding(writer, ask)
    val told = listOf(
        Element("location", "一车间东侧"),
        Element("act", title),
        Element("consequence", "可能造成物体打击伤害"),
    )
    val elements = proposed.elements.filter { it.code !in told.map(Element::code) } + told
    return core.raiseFinding(writer, proposed.copy(title = title, elements = elements)).finding
}

/** Opens a screen as the one before it would. */
fun Phone.openScreen(screen: Class<*>, vararg extras: Pair<String, String>) {
    val intent = Intent(application, screen)
    extras.forEach { (name, value) -> intent.putExtra(name, value) }
    open(intent)
}

fun Phone.openOf(screen: Class<*>, dossier: String) = openScreen(screen, Screen.DOSSIER to dossier)

/** Looks at the screen in front in every dress, opened anew from its own intent. */
fun Phone.look(name: String, before: Phone.() -> Unit = {}) =
    lookAtAll(name, screen.intent, before)

/** What the screen handed to another app. */
fun Phone.handedOut(action: String): Intent {
    val asked = org.robolectric.Shadows.shadowOf(screen).nextStartedActivityForResult
    assertNotNull("no other app was asked", asked)
    assertEquals(action, asked.intent.action)
    return asked.intent
}
