// A note: one field, one button, and what was kept.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct NoteScreen: View {
    @Bindable var model: NoteModel

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            if let kept = model.kept {
                Section {
                    say("note.kept", symbol: "checkmark.seal").foregroundStyle(.green)
                    Text(verbatim: kept.text)
                }
            }
            Section {
                Entry(key: "note.text", text: $model.text)
                WideButton(key: "note.keep", symbol: "checkmark", work: model.work) {
                    await model.keep()
                }
            }
        }
        .navigationTitle(say("note.title"))
    }
}

/// Opens a note about a dossier, or about something in it.
struct NoteLink: View {
    let session: Session
    let dossier: DossierId
    var about: EntityId?

    var body: some View {
        NavigationLink {
            Kept(NoteModel(session, dossier: dossier, about: about)) { NoteScreen(model: $0) }
        } label: {
            say("note.title", symbol: "square.and.pencil").frame(minHeight: 56)
        }
    }
}
#endif
