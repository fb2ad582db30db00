/** The steps of admitting a phone, or one more officer on it, as two people do them. */
package org.angen.shell.bench

import uniffi.angen_bindings.fingerprintWords

/** Somebody who is admitted. */
data class Newcomer(val name: String, val certificate: String, val pin: String)

val LIU = Newcomer("刘志强", "15110200201", "223606")
val SUN = Newcomer("孙晓梅", "15110200202", "264575")

/** On the new phone: a PIN of one's own, and the code for the administrator. */
fun Phone.askToJoin(who: Newcomer) {
    type("设置 PIN", who.pin)
    type("再输一次", who.pin)
    tap("出示申请码")
    sees("请管理员用")
}

/** From today, as the administrator. */
fun Phone.openAdmission() {
    tap("更多")
    tap("人员与本机")
    tap("让手机加入")
}

/** On the administrator's phone: the other one's screen is scanned, and the answer is shown. */
fun Phone.admit(other: Phone, who: Newcomer) {
    tap("扫申请码")
    shootScreenOf(other)
    sees("已扫码")
    fillIn(who)
    tap("同意加入")
    sees("已同意：${who.name}")
}

fun Phone.fillIn(who: Newcomer) {
    type("姓名", who.name)
    type("所属单位", "河山镇人民政府")
    type("执法证号", who.certificate)
    type("有效期", "2028-06-30")
}

/** On the new phone: the answer is scanned; the same [words] stand on both. */
fun Phone.joinFrom(other: Phone, who: Newcomer, words: String) {
    tap("扫管理员的码")
    shootScreenOf(other)
    sees(words)
    other.sees(words)
    sees(who.name)
    tap("词都一样，加入")
    sees("河山镇")
}

/** A new phone joins by codes, from its first screen; the administrator's is on today, and again. */
fun Phone.joins(office: Phone, who: Newcomer) {
    val words = fingerprintWords(office.desk.inspector.established().root).zh
    start()
    tap("加入已有的乡镇")
    askToJoin(who)
    office.openAdmission()
    office.admit(this, who)
    joinFrom(office, who, words)
    repeat(3) { office.back() }
}
