// Sync: what only this phone has, how far the exchange is, and a button to begin or end it.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import Foundation
import SwiftUI

struct SyncScreen: View {
    let model: SyncModel

    var body: some View {
        List {
            FaultSection(work: model.work, language: model.session.language)
            if let state = model.state {
                Section {
                    say("sync.files \(Int(state.counts.filesReceipted)) \(Int(state.counts.files))")
                    say("sync.records \(Int(state.counts.records))")
                    if let contact = state.contact {
                        HStack {
                            say("sync.met")
                            Spacer()
                            Text(date(contact.metAtMs), style: .relative)
                        }
                    }
                    if state.refused > 0 {
                        say("sync.refused \(Int(state.refused))").foregroundStyle(.red)
                    }
                }
                if state.hub == nil {
                    say("sync.no_hub").foregroundStyle(.orange)
                }
            }
            Section {
                if let progress = model.progress {
                    ProgressView(
                        value: Double(progress.done), total: Double(max(progress.of, 1)))
                    Button(role: .cancel) {
                        model.stop()
                    } label: {
                        say("sync.stop").frame(maxWidth: .infinity, minHeight: 56)
                    }
                } else {
                    WideButton(
                        key: "sync.now", symbol: "arrow.triangle.2.circlepath", work: model.work
                    ) {
                        await model.sync(over: .free)
                    }
                    WideButton(
                        key: "sync.metered", symbol: "antenna.radiowaves.left.and.right",
                        work: model.work
                    ) {
                        await model.sync(over: .metered)
                    }
                }
            }
            NavigationLink {
                Kept(BundleModel(model.session, in: FileManager.default.temporaryDirectory)) {
                    BundleScreen(model: $0)
                }
            } label: {
                say("bundle.title", symbol: "externaldrive").frame(minHeight: 56)
            }
        }
        .navigationTitle(say("sync.title"))
        .task(id: model.session.commits) { await model.load() }
    }
}
#endif
