// Bundles: for whom, one button to write one and one to share it, and one to take one in.

#if canImport(SwiftUI)
import AngenCore
import AngenHost
import AngenModels
import SwiftUI

struct BundleScreen: View {
    @Bindable var model: BundleModel

    var body: some View {
        List {
            FaultSection(work: model.work, language: model.session.language)
            Section {
                ForEach(model.readers.rows, id: \.certificate) { reader in
                    line(reader)
                }
                NextPage(pages: model.readers, work: model.work)
                WideButton(key: "bundle.export", symbol: "externaldrive", work: model.work) {
                    await model.export(software: thisDevice())
                }
                if let exported = model.exported, let file = model.file {
                    say("bundle.exported \(Int(exported.ops))").foregroundStyle(.green)
                    if !exported.keptBack.isEmpty {
                        say("bundle.kept_back \(exported.keptBack.count)").foregroundStyle(.orange)
                    }
                    ShareLink(item: file) {
                        say("bundle.share", symbol: "square.and.arrow.up").frame(minHeight: 56)
                    }
                }
            } header: {
                say("bundle.readers")
            }
            Section {
                FileImport(key: "bundle.take", work: model.work) { path in
                    Task { await model.take(path) }
                }
                if let imported = model.imported { brought(imported) }
            } header: {
                say("bundle.in")
            }
        }
        .navigationTitle(say("bundle.title"))
        .task { await model.load() }
    }

    private func line(_ reader: Reader) -> some View {
        Button {
            model.toggle(reader)
        } label: {
            Label {
                VStack(alignment: .leading) {
                    Text(verbatim: reader.name).font(.title3)
                    Text(verbatim: reader.organisation).foregroundStyle(.secondary)
                }
            } icon: {
                let isChosen = model.chosen.contains(reader.certificate)
                Image(systemName: isChosen ? "checkmark.circle.fill" : "circle")
                    .accessibilityHidden(true)
            }
            .frame(maxWidth: .infinity, minHeight: 56, alignment: .leading)
        }
        .accessibilityAddTraits(
            model.chosen.contains(reader.certificate) ? .isSelected : [])
    }

    @ViewBuilder private func brought(_ imported: Imported) -> some View {
        say("bundle.brought \(Int(imported.newOps)) \(Int(imported.receipts))")
            .foregroundStyle(.green)
        if imported.refusals > 0 {
            say("sync.refused \(Int(imported.refusals))").foregroundStyle(.red)
        }
        ForEach(imported.contradicted, id: \.self) { log in
            say("bundle.contradicted").foregroundStyle(.red)
            Text(verbatim: log)
        }
    }
}
#endif
