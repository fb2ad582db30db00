/** A phone that two officers and a mentor share: settled and enrolled through the screens. */
package org.angen.shell.bench

const val ADMINISTRATOR_PIN = "271828"
const val FIRST = "陈立新"
const val FIRST_PIN = "314159"
const val SECOND = "王海燕"
const val SECOND_PIN = "161803"
const val MENTOR = "高志远"
const val MENTOR_PIN = "141421"

/** From the first start to a settled phone with the administrator at work. */
fun Phone.settleTownship() {
    start()
    type("代码", "371102100")
    type("乡镇街道名称", "河山镇")
    type("主管部门", "日照市东港区应急管理局")
    type("管理员", "管理员")
    type("设置 PIN", ADMINISTRATOR_PIN)
    type("再输一次", ADMINISTRATOR_PIN)
    tap("启用")
    sees("河山镇")
}

/** Two certified officers and a mentor, enrolled by the administrator. */
fun Phone.enrolOfficers() {
    tap("更多")
    tap("人员与本机")
    enrol("执法人员", FIRST, "15110200101", FIRST_PIN)
    enrol("执法人员", SECOND, "15110200102", SECOND_PIN)
    enrol("帮扶专家", MENTOR, "15110200901", MENTOR_PIN)
    back()
    back()
}

fun Phone.enrol(role: String, name: String, certificate: String, pin: String) {
    tap(role)
    type("姓名", name)
    type("所属单位", "河山镇人民政府")
    type("执法证号", certificate)
    type("有效期", "2028-06-30")
    type("设置 PIN", pin)
    type("再输一次", pin)
    tap("登记人员")
    sees("已登记：$name")
}

/** Hands the phone over to somebody, who gives an own PIN. */
fun Phone.handOver(name: String, pin: String) {
    tap("换人")
    tap(name)
    pin(pin)
    seesNot("请输入 PIN")
}
