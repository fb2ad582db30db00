/** An order that this phone be emptied 清除指令, while it is carried out: told, sent, done. */
package org.angen.shell.model

import uniffi.angen_bindings.OrderedWipeView

/** How far it is. [OVER] once the order stands no more, or never named this phone. */
enum class WipeStep { LOOKING, SENDING, EMPTYING, DONE, OVER }

/** [ordered] says whose keys go, by whose order, and what would be lost; [emptied] what was. */
data class WipeState(
    val step: WipeStep = WipeStep.LOOKING,
    val ordered: OrderedWipeView? = null,
    val emptied: Emptied? = null,
    val trouble: Trouble? = null,
)

class WipeModel(desk: Desk, private val emptying: Emptying) :
    Model<WipeState>(desk, WipeState()) {
    /** Whether there is no way back to the work: from the first look until it is done. */
    val isUnderWay get() = state.step != WipeStep.DONE && state.step != WipeStep.OVER

    /** Looks for the order and carries it out. Called again after a failure, it goes on. */
    fun obey() {
        state = state.copy(step = WipeStep.LOOKING, trouble = null)
        askAside({ emptying.order() }, ::failed) { ordered ->
            state = state.copy(ordered = ordered)
            if (ordered == null) state = state.copy(step = WipeStep.OVER) else send()
        }
    }

    private fun send() {
        state = state.copy(step = WipeStep.SENDING)
        askAside({ emptying.send() }, ::failed) {
            state = state.copy(step = WipeStep.EMPTYING)
            askAside({ emptying.carryOut() }, ::failed, ::done)
        }
    }

    private fun done(emptied: Emptied?) {
        desk.signOutOf(emptied?.lost?.writers.orEmpty())
        val step = if (emptied == null) WipeStep.OVER else WipeStep.DONE
        state = state.copy(step = step, emptied = emptied)
    }

    private fun failed(trouble: Trouble) {
        state = state.copy(trouble = trouble)
    }
}
