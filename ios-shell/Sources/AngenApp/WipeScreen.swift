// The phone is emptied by order: by whom and why, what is lost, and then the first screen anew.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct WipeScreen: View {
    let model: WipeModel
    /// Opens the phone anew, over an empty database.
    let beginAnew: @MainActor () -> Void

    private var isEmptied: Bool { model.lost?.isEmptied == true }

    var body: some View {
        List {
            FaultSection(work: model.work, language: model.session.language)
            if let ordered = model.ordered { order(ordered) }
            // Where the others work on, their database stays, and all that is in it.
            if let ordered = model.ordered, ordered.everything {
                lost(model.lost ?? ordered.report)
            }
            Section {
                step
                if model.work.fault != nil && model.isUnderWay {
                    WideButton(key: "wipe.again", symbol: "arrow.clockwise", work: model.work) {
                        await model.obey()
                    }
                }
                if !model.isUnderWay {
                    WideButton(
                        key: isEmptied ? "wipe.anew" : "wipe.go_on", symbol: "arrow.right",
                        work: model.work
                    ) {
                        goOn()
                    }
                }
            }
        }
        .navigationTitle(say("wipe.title"))
        .task { await model.obey() }
    }

    private func order(_ ordered: OrderedWipeView) -> some View {
        Section {
            if ordered.everything {
                say("wipe.everything").font(.headline)
            } else {
                say("wipe.keys").font(.headline)
                ForEach(ordered.names, id: \.self) { Text(verbatim: $0) }
            }
            Text(verbatim: ordered.orderedBy)
            Text(date(ordered.order.wallMs), style: .date)
            Text(verbatim: ordered.order.reason)
        } header: {
            say("wipe.by")
        }
    }

    @ViewBuilder private func lost(_ report: WipeView) -> some View {
        let (records, files) = (Int(report.unsentOps), Int(report.unsentFiles))
        if records + files == 0 {
            say("wipe.all_sent", symbol: "checkmark.icloud").foregroundStyle(.green)
        } else if model.lost == nil {
            say("wipe.unsent \(records) \(files)").foregroundStyle(.red)
        } else {
            say("wipe.lost \(records) \(files)").foregroundStyle(.red)
        }
    }

    @ViewBuilder private var step: some View {
        switch model.step {
        case .looking: ProgressView()
        case .sending: say("wipe.sending")
        case .emptying: say("wipe.emptying")
        case .done: say(isEmptied ? "wipe.done" : "wipe.keys_done")
        case .over: say("wipe.over")
        }
    }

    private func goOn() {
        if isEmptied {
            beginAnew()
        } else {
            model.session.orderIsDone()
        }
    }
}
#endif
