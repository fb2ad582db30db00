// A hub's certificate: its keys scanned, its name and log entered, the file handed to the station.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct CertifyHubScreen: View {
    @Bindable var model: CertifyHubModel

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            if let certified = model.certified, let file = model.file {
                Section {
                    say("hub.certified", symbol: "checkmark.seal").foregroundStyle(.green)
                    Text(verbatim: certified.origin).font(.headline)
                    say("hub.start").foregroundStyle(.secondary)
                    ShareLink(item: file) {
                        say("hub.share", symbol: "square.and.arrow.up").frame(minHeight: 56)
                    }
                }
            }
            Section {
                CodeEntry(key: "hub.keys", text: $model.keys, work: model.work)
                Entry(key: "hub.name", text: $model.name)
                Entry(key: "settings.organisation", text: $model.organisation)
                Entry(key: "hub.origin", text: $model.origin)
                WideButton(key: "hub.certify", symbol: "checkmark.seal", work: model.work) {
                    await model.certify()
                }
            }
        }
        .navigationTitle(say("hub.title"))
    }
}
#endif
