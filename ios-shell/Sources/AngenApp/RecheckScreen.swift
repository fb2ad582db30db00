// A re-check: photos first, then one of three large answers, then words.

#if canImport(SwiftUI)
import AngenCore
import AngenHost
import AngenModels
import SwiftUI

struct RecheckScreen: View {
    @Bindable var model: RecheckModel

    private static let outcomes: [RecheckOutcome] = [.corrected, .partly, .notCorrected]

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            if let recorded = model.recorded {
                Section {
                    say("recheck.recorded", symbol: "checkmark.seal").foregroundStyle(.green)
                    if !recorded.toPropose.isEmpty {
                        say("recheck.propose").foregroundStyle(.orange)
                    }
                }
            }
            Section {
                Text(verbatim: model.item.title).font(.headline)
                NavigationLink {
                    Kept(
                        CaptureModel(
                            model.session, dossier: model.dossier, about: model.item.finding,
                            device: thisDevice())
                    ) { CaptureScreen(model: $0) }
                } label: {
                    say("finding.capture", symbol: "camera").frame(minHeight: 56)
                }
            }
            Section {
                ForEach(Self.outcomes, id: \.self) { outcome in
                    answer(outcome)
                }
                Entry(key: "recheck.words", text: $model.words)
                WideButton(key: "recheck.record", symbol: "checkmark", work: model.work) {
                    await model.record()
                }
            }
        }
        .navigationTitle(say("recheck.title"))
    }

    private func answer(_ outcome: RecheckOutcome) -> some View {
        Button {
            model.outcome = outcome
        } label: {
            Label {
                outcomeName(outcome).font(.title3)
            } icon: {
                let isChosen = model.outcome == outcome
                Image(systemName: isChosen ? "checkmark.circle.fill" : "circle")
                    .accessibilityHidden(true)
            }
            .frame(maxWidth: .infinity, minHeight: 56, alignment: .leading)
        }
        .accessibilityAddTraits(model.outcome == outcome ? .isSelected : [])
    }
}
#endif
