// Correction orders: a deadline for each finding that waits, one button, and what was ordered.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct OrdersScreen: View {
    @Bindable var model: OrdersModel

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            if !model.waiting.isEmpty { next }
            ForEach(model.orders, id: \.order) { order in
                OrderSection(session: model.session, dossier: model.dossier, order: order)
            }
            if model.waiting.isEmpty && model.orders.isEmpty {
                say("order.none").foregroundStyle(.secondary)
            }
        }
        .navigationTitle(say("order.title"))
        .task(id: model.session.commits) { await model.load() }
    }

    private var next: some View {
        Section {
            ForEach(model.waiting, id: \.finding) { row in
                Picker(selection: deadline(of: row)) {
                    ForEach(Deadline.all, id: \.self) { name($0).tag(Optional($0)) }
                    say("order.leave_out").tag(Deadline?.none)
                } label: {
                    Text(verbatim: row.title)
                }
                .frame(minHeight: 56)
            }
            Entry(key: "order.told_to", text: $model.toldTo)
            WideButton(key: "order.issue", symbol: "doc.badge.clock", work: model.work) {
                await model.issue()
            }
        } header: {
            say("order.next")
        }
    }

    private func deadline(of row: FindingRow) -> Binding<Deadline?> {
        Binding(
            get: { model.deadlines[row.finding] }, set: { model.deadlines[row.finding] = $0 })
    }

    private func name(_ deadline: Deadline) -> Text {
        switch deadline {
        case .atOnce: say("order.at_once")
        case .days(let days): say("order.days \(days)")
        }
    }
}

/// An order that was issued: each item by its last day, and what the last re-check found.
struct OrderSection: View {
    let session: Session
    let dossier: DossierId
    let order: OrderView

    var body: some View {
        Section {
            ForEach(order.items, id: \.finding) { item in
                NavigationLink {
                    Kept(
                        RecheckModel(session, dossier: dossier, order: order.order, item: item)
                    ) { RecheckScreen(model: $0) }
                } label: {
                    line(item)
                }
            }
        } header: {
            Text(verbatim: "\(order.issuedOn) \(order.number ?? "")")
        }
    }

    private func line(_ item: OrderItemView) -> some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(verbatim: item.title).font(.headline)
            if let day = item.by {
                Text(verbatim: day).foregroundStyle(.secondary)
            } else {
                say("order.at_once").foregroundStyle(.secondary)
            }
            if let outcome = item.outcome { outcomeName(outcome) }
        }
        .frame(minHeight: 56)
        .accessibilityElement(children: .combine)
    }
}

/// What a re-check found, in words.
@MainActor
func outcomeName(_ outcome: RecheckOutcome) -> Text {
    switch outcome {
    case .notCorrected: say("recheck.not_corrected")
    case .partly: say("recheck.partly")
    case .corrected: say("recheck.corrected")
    }
}
#endif
