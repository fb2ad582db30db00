// A finding that is corrected or taken back: always with a reason, and what it said stays.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct CorrectScreen: View {
    @Bindable var model: CorrectModel
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            Section {
                Entry(key: "finding.words", text: $model.title)
                Picker(selection: $model.consequence) {
                    say("finding.on_the_spot").tag(Optional(Consequence.onTheSpot))
                    say("finding.order").tag(Optional(Consequence.order))
                    say("finding.case").tag(Optional(Consequence.`case`))
                } label: {
                    say("finding.consequence")
                }
            }
            Section {
                say("correct.stays").foregroundStyle(.secondary)
                Entry(key: "correct.reason", text: $model.reason)
                WideButton(key: "correct.do", symbol: "pencil", work: model.work) {
                    await model.correct()
                    leave()
                }
                WideButton(
                    key: "correct.retract", symbol: "arrow.uturn.backward", work: model.work
                ) {
                    await model.retract()
                    leave()
                }
            }
        }
        .navigationTitle(say("correct.title"))
    }

    private func leave() {
        if model.isDone { dismiss() }
    }
}
#endif
