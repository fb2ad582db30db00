// One piece of evidence: what it shows, who captured it when, its digest, and what became of it.

#if canImport(SwiftUI)
import AngenCore
import AngenHost
import AngenModels
import SwiftUI

/// Opens a piece of evidence from a list.
struct EvidenceLink: View {
    let session: Session
    let dossier: DossierId
    let row: EvidenceRow

    var body: some View {
        NavigationLink {
            Kept(
                ShownModel(session, dossier: dossier, row: row) { try ShownFolder.url() }
            ) { ShownScreen(model: $0) }
        } label: {
            EvidenceLine(row: row)
        }
    }
}

struct ShownScreen: View {
    @Bindable var model: ShownModel

    private var row: EvidenceRow { model.row }

    var body: some View {
        List {
            FaultSection(work: model.work, language: model.session.language)
            if let original = model.original {
                OriginalView(file: original, mime: row.mime, caption: row.caption)
            } else if model.work.isBusy {
                ProgressView()
            }
            Section {
                Text(verbatim: row.caption).font(.headline)
                if model.isRetracted {
                    say("evidence.retracted").foregroundStyle(.red)
                }
                if let person = row.capturedBy { Text(verbatim: person) }
                Text(date(row.capturedMs), style: .date)
                Text(date(row.capturedMs), style: .time)
                if row.source != .ownCamera {
                    say("evidence.imported", symbol: "square.and.arrow.down")
                        .foregroundStyle(.orange)
                }
            }
            handing
            Section {
                Text(verbatim: row.sha256).font(.footnote)
            } header: {
                say("evidence.digest")
            }
        }
        .navigationTitle(say("evidence.title"))
        .task { await model.open() }
        .onDisappear { model.close() }
    }

    /// A copy leaves the app only after that stands in the dossier.
    @ViewBuilder private var handing: some View {
        if let original = model.original {
            Section {
                if model.isHandedOut {
                    ShareLink(item: original) {
                        say("evidence.share", symbol: "square.and.arrow.up").frame(minHeight: 56)
                    }
                } else {
                    WideButton(
                        key: "evidence.hand_out", symbol: "tray.and.arrow.up", work: model.work
                    ) {
                        await model.handOut()
                    }
                }
            }
        }
        Section {
            NoteLink(session: model.session, dossier: model.dossier, about: row.evidence)
            if !model.isRetracted {
                Entry(key: "correct.reason", text: $model.reason)
                WideButton(
                    key: "correct.retract", symbol: "arrow.uturn.backward", work: model.work
                ) {
                    await model.retract()
                }
            }
        }
    }
}
#endif
