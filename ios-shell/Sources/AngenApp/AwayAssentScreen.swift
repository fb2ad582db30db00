// Assent between two phones: a code to show and one to scan, on either side.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

/// The phone that has the dossier: its code first, then what the other phone shows.
struct AwayAssentScreen: View {
    @Bindable var model: AwayAssentModel

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            if let asked = model.asked {
                Section {
                    say("assent.show").foregroundStyle(.secondary)
                    CodeView(text: asked.text)
                    ToldLines(told: asked.told, language: model.session.language)
                }
                Section {
                    CodeEntry(key: "assent.statement", text: $model.statement, work: model.work)
                    WideButton(
                        key: "assent.carry", symbol: "tray.and.arrow.down", work: model.work
                    ) {
                        await model.carry()
                    }
                }
            }
            if let carried = model.carried {
                Section {
                    Text(verbatim: carried.name).font(.headline)
                    say("assent.given \(Int(carried.assented))").foregroundStyle(.green)
                }
            }
        }
        .navigationTitle(say("assent.away"))
        .task { await model.load() }
    }
}

/// The second officer's own phone: what is asked is read before it can be signed.
struct SignAssentScreen: View {
    @Bindable var model: SignAssentModel

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            if let signed = model.signed {
                Section {
                    say("assent.show_back", symbol: "checkmark.seal").foregroundStyle(.green)
                    CodeView(text: signed.text)
                }
            } else if let told = model.told {
                Section {
                    if let name = told.byName { Text(verbatim: name).font(.headline) }
                    ToldLines(told: told, language: model.session.language)
                    WideButton(key: "assent.sign_do", symbol: "signature", work: model.work) {
                        await model.sign()
                    }
                    Button(role: .cancel) {
                        model.discard()
                    } label: {
                        say("assent.sign_not").frame(minHeight: 56)
                    }
                }
            } else {
                Section {
                    say("assent.sign_what").foregroundStyle(.secondary)
                    CodeEntry(key: "assent.request", text: $model.request, work: model.work)
                    WideButton(
                        key: "assent.look", symbol: "doc.text.magnifyingglass", work: model.work
                    ) {
                        await model.look()
                    }
                }
            }
        }
        .navigationTitle(say("assent.sign_for"))
    }
}

/// What is asked assent to: the dossier, how many records, and the core's lines of them.
private struct ToldLines: View {
    let told: AssentTold
    let language: Language

    var body: some View {
        Text(verbatim: told.title).font(.headline)
        say("assent.records \(Int(told.count))")
        ForEach(told.lines.indices.map { $0 }, id: \.self) { index in
            Text(verbatim: language.pick(told.lines[index]))
        }
    }
}
#endif
