// A re-check: photos first, then one of three large answers, then words; or a longer deadline.

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
            longer
        }
        .navigationTitle(say("recheck.title"))
    }

    /// The unit asks for longer: a new last day, or none.
    private var longer: some View {
        Section {
            if let extended = model.extended {
                say(extended.grantedTo == nil ? "recheck.not_longer" : "recheck.longer")
                    .foregroundStyle(.green)
                if let day = extended.grantedTo { Text(verbatim: day) }
            }
            Entry(key: "recheck.why_longer", text: $model.whyLonger)
            Entry(key: "recheck.granted_to", text: $model.grantedTo)
            WideButton(key: "recheck.extend", symbol: "calendar.badge.plus", work: model.work) {
                await model.extend()
            }
            WideButton(key: "recheck.refuse", symbol: "xmark", work: model.work) {
                await model.refuseLonger()
            }
        } header: {
            say("recheck.extension")
        }
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
