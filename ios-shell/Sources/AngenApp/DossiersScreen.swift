// Dossiers: the list, a package to hand out, and the verdict in plain words.

#if canImport(SwiftUI)
import AngenCore
import AngenHost
import AngenModels
import Foundation
import SwiftUI

struct DossiersScreen: View {
    @Bindable var model: DossiersModel

    private var language: Language { model.session.language }

    var body: some View {
        List {
            FaultSection(work: model.work, language: language)
            if let verdict = model.verdict {
                VerdictSection(verdict: verdict, language: language)
            }
            Section {
                Entry(key: "dossier.recipient", text: $model.recipient)
                Entry(key: "dossier.purpose", text: $model.purpose)
            }
            Section {
                FileImport(key: "dossier.verify", work: model.work) { path in
                    Task { await model.verify(path) }
                }
            }
            ForEach(model.dossiers.rows, id: \.dossier) { row in
                Section {
                    Text(verbatim: row.title).font(.headline)
                    NavigationLink {
                        Kept(DocumentsModel(model.session, dossier: row.dossier)) {
                            DocumentsScreen(model: $0)
                        }
                    } label: {
                        say("document.title", symbol: "doc.text").frame(minHeight: 56)
                    }
                    WideButton(
                        key: "dossier.export", symbol: "square.and.arrow.up", work: model.work
                    ) {
                        await model.export(
                            row.dossier, to: file(row).path, software: thisDevice())
                    }
                    ShareLink(item: file(row)) { say("dossier.share") }
                }
            }
            NextPage(pages: model.dossiers, work: model.work)
        }
        .navigationTitle(say("dossier.title"))
        .task(id: model.session.commits) { await model.load() }
    }

    private func file(_ row: DossierRow) -> URL {
        FileManager.default.temporaryDirectory.appending(path: "\(row.dossier).angen")
    }
}

/// What is proved, and what is not.
struct VerdictSection: View {
    let verdict: VerdictView
    let language: Language

    var body: some View {
        Section {
            Text(verbatim: language.pick(verdict.headline))
                .font(.headline)
                .foregroundStyle(verdict.outcome == .verifies ? Color.green : Color.red)
            ForEach(verdict.proved.indices.map { $0 }, id: \.self) { index in
                Text(verbatim: language.pick(verdict.proved[index]))
            }
            Text(verbatim: language.pick(verdict.words)).foregroundStyle(.secondary)
        } header: {
            say("dossier.verdict")
        }
    }
}
#endif
