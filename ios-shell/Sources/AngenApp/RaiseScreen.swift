// Raises a finding on an item of a checklist: proposed by the core, the officer's to change.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

/// What a finding on an item leads to, which nobody proposes; then what the core proposes.
struct RaiseScreen: View {
    @Bindable var model: FindingModel
    let checklist: EntityId
    let item: ShownItem
    @State private var consequence = Consequence.order
    @State private var isCriterionMet = false
    @Environment(\.dismiss) private var dismiss

    private var language: Language { model.session.language }

    var body: some View {
        Form {
            FaultSection(work: model.work, language: language)
            if model.draft == nil {
                judgement
            } else {
                DraftFields(model: model)
                WideButton(key: "finding.raise", symbol: "checkmark", work: model.work) {
                    if await model.raise() != nil { dismiss() }
                }
            }
        }
        .navigationTitle(say("finding.new"))
    }

    private var judgement: some View {
        Section {
            Text(verbatim: language.pick(item.label)).font(.headline)
            Picker(selection: $consequence) {
                say("finding.on_the_spot").tag(Consequence.onTheSpot)
                say("finding.order").tag(Consequence.order)
                say("finding.case").tag(Consequence.`case`)
            } label: {
                say("finding.consequence")
            }
            if let criterion = item.majorHazard {
                Toggle(isOn: $isCriterionMet) { say("finding.criterion_met") }
                    .frame(minHeight: 56)
                Text(verbatim: criterion).foregroundStyle(.secondary)
            }
            WideButton(key: "finding.propose", symbol: "square.and.pencil", work: model.work) {
                await model.propose(
                    from: item.name, of: checklist, consequence: consequence,
                    criterionMet: isCriterionMet)
            }
        }
    }
}

/// What is being raised, field by field.
struct DraftFields: View {
    let model: FindingModel

    var body: some View {
        Entry(key: "finding.words", text: field(\.title))
        Entry(key: "finding.basis", text: field(\.legalBasis))
        if let hazard = model.draft?.majorHazard {
            Text(verbatim: hazard).foregroundStyle(.red)
        }
        Section {
            ForEach(FindingModel.elements, id: \.self) { code in
                Entry(key: LocalizedStringKey("element." + code), text: element(code))
            }
        } header: {
            say("finding.elements")
        }
    }

    private func field(_ path: WritableKeyPath<RaiseFinding, String>) -> Binding<String> {
        Binding(
            get: { model.draft?[keyPath: path] ?? "" },
            set: { model.draft?[keyPath: path] = $0 })
    }

    private func element(_ code: String) -> Binding<String> {
        Binding(get: { model.words(of: code) }, set: { model.tell(code, $0) })
    }
}
#endif
