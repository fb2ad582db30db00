/** The steps of an assistance visit as thumbs do them, each from the screen where it begins. */
package org.angen.shell.bench

/** Who holds the phone, and how it is opened. */
data class Hand(val name: String, val pin: String)

val ADMINISTRATOR = Hand("管理员", ADMINISTRATOR_PIN)
val CHEN = Hand(FIRST, FIRST_PIN)
val WANG = Hand(SECOND, SECOND_PIN)
val GAO = Hand(MENTOR, MENTOR_PIN)

/** An enterprise as it is typed: [told] into the field [asked]. */
data class Site(val name: String, val asked: String, val told: String, val number: Int)

fun Phone.handOver(to: Hand) = handOver(to.name, to.pin)

/** From today, as the administrator. An empty body is refused at its field first. */
fun Phone.appointMentor(look: () -> Unit) {
    tap("更多")
    tap("人员与本机")
    tap("聘任专家")
    look()
    tap("聘任")
    sees("不能为空")
    type("聘任单位", "日照市应急管理局")
    tap("聘任")
    sees("已聘任：$MENTOR")
    repeat(3) { back() }
}

/** From the visit: recorded, its courseware captured, and both officers sign in. */
fun Phone.train(first: Hand, second: Hand, look: () -> Unit) {
    tap("记录培训")
    type("地点", "镇政府会议室")
    look()
    tap("记录培训")
    sees("还没有拍课件")
    tap("拍课件")
    photograph()
    back()
    sees("✓ 课件")
    tap("我签到")
    sees("✓ ${first.name}")
    handOver(second)
    tap("我签到")
    sees("✓ ${second.name}")
    back()
}

/** From the visit, to the check of an enterprise that is registered on the way. */
fun Phone.planCheck(site: Site, look: () -> Unit) {
    tap("安排检查")
    tap("登记新企业")
    type("企业名称", site.name)
    type(site.asked, site.told)
    type("地址", "河山镇工业园 ${site.number} 号")
    tap("登记新企业")
    tap("金属加工")
    look()
    type("检查审批文号", "检审〔2026〕${site.number}号")
    type("检查通知书文号", "检通〔2026〕${site.number}号")
    tap("安排检查")
    sees("检查表")
}

/** From the check: each shows the own certificate, the phone goes from one to the other. */
fun Phone.showCertificates(first: Hand, second: Hand) {
    type("向谁出示", "张经理")
    tap("已出示执法证")
    sees("已亮证：${first.name}")
    handOver(second)
    type("向谁出示", "张经理")
    tap("已出示执法证")
    sees("已记录亮证")
    seesNot("两名执法人员各自出示")
}

/** From the finding that is proposed, to the finding with its photo. */
fun Phone.find(place: String, seen: String, look: () -> Unit) {
    sees("怎么处理")
    type("部位", place)
    type("看到的情况", seen)
    type("可能后果", "可能造成物体打击伤害")
    look()
    tap("记下问题")
    sees(place)
    tap("拍照取证")
    photograph { picture("capture-taken") }
    back()
    sees("证据 1 份")
}

/** From the check and back: the party signs, and each officer assents to what the other wrote. */
fun Phone.sign(first: Hand, second: Hand, look: () -> Unit) {
    tap("确认与签字")
    type("签字人姓名", "张某")
    type("职务", "总经理")
    tap("记为已签字")
    sees("先拍签字页")
    tap("拍签字页")
    photograph()
    back()
    tap("记为已签字")
    sees("当事人已签字")
    for (officer in listOf(second, first)) {
        handOver(officer)
        tap("确认以上记录")
        sees("已确认他人所记")
    }
    look()
    back()
}

/** On the capture screen: the camera is opened, shoots, and the file is kept. */
fun Phone.photograph(look: () -> Unit = {}) {
    tap("打开相机")
    shoot(application.scene())
    look()
    tap("保存为证据")
    sees("已保存 1 份证据")
}
