/** Answers a checklist to its end, item by item and page by page. */
package org.angen.shell.bench

import android.view.View
import android.widget.Button
import org.junit.Assert.assertTrue

/** More than any checklist asks. */
private const val ANSWERS_MAX = 500

/** From the checklist: gives this answer to each item that has none, and goes back at the end. */
fun Phone.answerRest(words: String) {
    var given = 0
    repeat(ANSWERS_MAX) {
        val buttons = Phone.views(root).filter { it is Button && it.isShown }.toList()
        val open = buttons.find { Phone.saidBy(it) == words && !isAnswered(it) }
        when {
            open != null -> press(open).also { given += 1 }
            buttons.any { Phone.saidBy(it) == "下一页" } -> tap("下一页")
            else -> {
                assertTrue("no item can be answered with “$words”", given > 0)
                return tap("完成")
            }
        }
    }
    error("the checklist has no end")
}

/** An answer stands in a row of answers, and that in the card of its item. */
private fun isAnswered(answer: View): Boolean =
    Phone.views(answer.parent.parent as View).any { Phone.saidBy(it).startsWith("✓ ") }
