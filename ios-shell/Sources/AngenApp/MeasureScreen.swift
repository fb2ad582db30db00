// Measures on the spot: those that stand, one large button for each kind, one to lift it.

#if canImport(SwiftUI)
import AngenCore
import AngenHost
import AngenModels
import SwiftUI

struct MeasureScreen: View {
    @Bindable var model: MeasureModel

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            Section {
                NavigationLink {
                    Kept(
                        CaptureModel(
                            model.session, dossier: model.dossier, about: model.finding,
                            device: thisDevice())
                    ) { CaptureScreen(model: $0) }
                } label: {
                    say("finding.capture", symbol: "camera").frame(minHeight: 56)
                }
            }
            if let taken = model.taken {
                standing(taken)
            } else {
                list
                choice
            }
        }
        .navigationTitle(say("measure.title"))
        .task { await model.load() }
    }

    @ViewBuilder private var list: some View {
        if !model.measures.rows.isEmpty {
            Section {
                ForEach(model.measures.rows, id: \.subject) { row in
                    Button {
                        model.open(row)
                    } label: {
                        line(row)
                    }
                    .disabled(row.measure == nil)
                }
                NextPage(pages: model.measures, work: model.work)
            } header: {
                say("measure.list")
            }
        }
    }

    private func line(_ row: MeasureRow) -> some View {
        VStack(alignment: .leading) {
            Text(verbatim: language.pick(row.label)).font(.headline)
            let state = Text(verbatim: language.pick(row.stateLabel))
            if row.state == .overDue {
                state.foregroundStyle(.red)
            } else {
                state.foregroundStyle(.secondary)
            }
            if let due = row.due {
                HStack {
                    say("measure.due")
                    Text(verbatim: due)
                }
                .font(.footnote)
            }
            if !row.words.isEmpty { Text(verbatim: row.words) }
        }
        .frame(maxWidth: .infinity, minHeight: 56, alignment: .leading)
        .accessibilityElement(children: .combine)
    }

    private var language: Language { model.session.language }

    private var choice: some View {
        Section {
            ForEach(MeasureKind.allCases, id: \.self) { kind in
                Button {
                    model.kind = kind
                } label: {
                    Label {
                        name(kind).font(.title3)
                    } icon: {
                        let isChosen = model.kind == kind
                        Image(systemName: isChosen ? "checkmark.circle.fill" : "circle")
                            .accessibilityHidden(true)
                    }
                    .frame(maxWidth: .infinity, minHeight: 56, alignment: .leading)
                }
                .accessibilityAddTraits(model.kind == kind ? .isSelected : [])
            }
            Entry(key: "measure.words", text: $model.words)
            Entry(key: "order.told_to", text: $model.toldTo)
            WideButton(key: "measure.take", symbol: "hand.raised", work: model.work) {
                await model.take()
            }
        }
    }

    private func standing(_ taken: Measure) -> some View {
        Section {
            name(taken.kind).font(.headline)
            Text(verbatim: taken.legalBasis).font(.footnote).foregroundStyle(.secondary)
            if let lifted = taken.lifted {
                say("measure.lifted", symbol: "checkmark.seal").foregroundStyle(.green)
                Text(verbatim: lifted.checkedHow)
            } else {
                say("measure.taken", symbol: "hand.raised").foregroundStyle(.orange)
                Entry(key: "measure.checked_how", text: $model.checkedHow)
                WideButton(key: "measure.lift", symbol: "checkmark", work: model.work) {
                    await model.lift()
                }
            }
            WideButton(key: "measure.all", symbol: "list.bullet", work: model.work) {
                await model.list()
            }
        }
    }

    private func name(_ kind: MeasureKind) -> Text {
        switch kind {
        case .correctAtOnce: say("measure.correct_at_once")
        case .removeAtOnce: say("measure.remove_at_once")
        case .evacuate: say("measure.evacuate")
        case .stopWork: say("measure.stop_work")
        case .stopEquipment: say("measure.stop_equipment")
        case .stopOperation: say("measure.stop_operation")
        case .sealOrSeize: say("measure.seal_or_seize")
        case .cutSupply: say("measure.cut_supply")
        }
    }
}
#endif
