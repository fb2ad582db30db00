// Raises a finding: proposed from the item, the officer's to change.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

/// What is being raised: filled in by the core, and the officer's to change.
struct RaiseScreen: View {
    @Bindable var model: FindingModel
    let draft: RaiseFinding

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            Entry(key: "finding.words", text: field(\.title))
            Entry(key: "finding.basis", text: field(\.legalBasis))
            Section {
                ForEach(draft.elements.indices.map { $0 }, id: \.self) { index in
                    TextField(text: element(index)) { Text(verbatim: draft.elements[index].code) }
                        .frame(minHeight: 44)
                }
            } header: {
                say("finding.elements")
            }
            WideButton(key: "finding.raise", symbol: "checkmark", work: model.work) {
                await model.raise()
            }
        }
        .navigationTitle(say("finding.new"))
    }

    private func field(_ path: WritableKeyPath<RaiseFinding, String>) -> Binding<String> {
        Binding(
            get: { model.draft?[keyPath: path] ?? "" },
            set: { model.draft?[keyPath: path] = $0 })
    }

    private func element(_ index: Int) -> Binding<String> {
        Binding(
            get: { model.draft?.elements[index].words ?? "" },
            set: { model.draft?.elements[index].words = $0 })
    }
}
#endif
