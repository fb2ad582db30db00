/** Codes of the penalty table in words: which article of which law a finding may lead to. */
package org.angen.shell.model

import uniffi.angen_bindings.Bilingual

private class Law(val zh: String, val en: String)

private val LAWS = mapOf(
    "P" to Law("安全生产法（2021）", "Work Safety Law (2021)"),
    "SD" to Law("山东省安全生产条例", "Shandong Work Safety Regulations"),
    "HC" to Law("危险化学品安全法", "Hazardous Chemicals Safety Law"),
    "F" to Law("消防法", "Fire Protection Law"),
    "L" to Law("工贸企业有限空间作业安全规定", "Rules on Work in Limited Spaces"),
)

/** Letters of the law, the article, a paragraph where it has more than one, and the items. */
private val CODE = Regex("""([A-Z]+)(\d{1,3})([ab]?)((?:\(\d{1,2}\))*)""")

private val ITEM = Regex("""\d+""")

private const val DIGITS = "零一二三四五六七八九"

/** Several codes stand with blanks between them; one that is not known stays as it is. */
fun penaltyWords(codes: String): Bilingual {
    val words = codes.split(' ').filter { it.isNotEmpty() }.map(::ofOne)
    return Bilingual(words.joinToString("；") { it.zh }, words.joinToString("; ") { it.en })
}

private fun ofOne(code: String): Bilingual {
    val (letters, article, paragraph, items) = CODE.matchEntire(code)?.destructured
        ?: return Bilingual(code, code)
    val law = LAWS[letters] ?: return Bilingual(code, code)
    val numbers = ITEM.findAll(items).map { it.value.toInt() }.toList()
    val zh = buildString {
        append(law.zh, "第", chinese(article.toInt()), "条")
        if (paragraph.isNotEmpty()) append("第", if (paragraph == "a") "一" else "二", "款")
        if (numbers.isNotEmpty()) append(numbers.joinToString("、") { "第${chinese(it)}项" })
    }
    val en = buildString {
        append(law.en, ", article ", article)
        if (paragraph.isNotEmpty()) append(", paragraph ", if (paragraph == "a") 1 else 2)
        if (numbers.isNotEmpty()) append(", item ", numbers.joinToString(" and "))
    }
    return Bilingual(zh, en)
}

/** A number below a thousand as laws write it: 九十九, 一百零二, 十. */
internal fun chinese(number: Int): String {
    val (hundreds, tens, ones) = Triple(number / 100, number / 10 % 10, number % 10)
    return buildString {
        if (hundreds > 0) append(DIGITS[hundreds], "百")
        if (hundreds > 0 && tens == 0 && ones > 0) append("零")
        if (tens > 0) {
            if (tens > 1 || hundreds > 0) append(DIGITS[tens])
            append("十")
        }
        if (ones > 0 || number == 0) append(DIGITS[ones])
    }
}
