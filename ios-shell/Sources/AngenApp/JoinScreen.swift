// Joining: a PIN, a code for the administrator, their answer, and words that both compare.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct JoinScreen: View {
    @Bindable var model: JoinModel

    private var language: Language { model.session.language }

    var body: some View {
        Form {
            FaultSection(work: model.work, language: language)
            if let joined = model.joined {
                Section {
                    say("join.joined", symbol: "checkmark.seal").foregroundStyle(.green)
                    Text(verbatim: joined.township).font(.headline)
                    say("join.sign_in").foregroundStyle(.secondary)
                }
            } else if let waiting = model.waiting {
                said(waiting)
            } else {
                if model.asked == nil { pin }
                invited
                byText
                if model.asked != nil { discard }
            }
        }
        .navigationTitle(say("join.title"))
        .task { await model.load() }
    }

    private var pin: some View {
        Section {
            NewPinFields(pin: $model.newPin)
        } header: {
            say("join.pin")
        }
    }

    private var invited: some View {
        Section {
            CodeEntry(key: "join.invitation", text: $model.invitation, work: model.work)
            WideButton(key: "join.ask_hub", symbol: "network", work: model.work) {
                await model.askOverHub()
            }
        } header: {
            say("join.with_network")
        }
    }

    /// The words stay on the screen until the administrator has heard them and answered.
    private func said(_ waiting: JoinState) -> some View {
        Section {
            say("join.read_out").foregroundStyle(.secondary)
            SpokenWords(words: waiting.words, language: language)
            ProgressView().task { await model.awaitAnswer() }
            WideButton(key: "join.look", symbol: "arrow.clockwise", work: model.work) {
                await model.askOverHub()
            }
        }
    }

    @ViewBuilder private var byText: some View {
        Section {
            if let asked = model.asked {
                say("join.show").foregroundStyle(.secondary)
                CodeView(text: asked.text)
            } else {
                WideButton(key: "join.ask", symbol: "qrcode", work: model.work) {
                    await model.ask()
                }
            }
        } header: {
            say("join.without_network")
        }
        if model.asked != nil { answer }
    }

    /// It may be another's, left lying: then nobody else can ask before it is gone.
    private var discard: some View {
        Section {
            if model.isDiscarding {
                say("join.discard_what").foregroundStyle(.orange)
                WideButton(key: "join.discard_sure", symbol: "trash", work: model.work) {
                    await model.discardAsk()
                }
                WideButton(key: "join.keep", symbol: "arrow.uturn.backward", work: model.work) {
                    model.isDiscarding = false
                }
            } else {
                WideButton(key: "join.discard", symbol: "trash", work: model.work) {
                    model.isDiscarding = true
                }
            }
        } header: {
            say("join.left")
        }
    }

    private var answer: some View {
        Section {
            CodeEntry(key: "join.answer", text: $model.answer, work: model.work)
            WideButton(key: "join.read", symbol: "doc.text.magnifyingglass", work: model.work) {
                await model.read()
            }
            if let offer = model.offer {
                Text(verbatim: "\(offer.township) \(offer.name)").font(.headline)
                say("join.compare").foregroundStyle(.orange)
                SpokenWords(words: offer.words, language: language)
                WideButton(key: "join.join", symbol: "checkmark.seal", work: model.work) {
                    await model.join()
                }
            }
        }
    }
}
#endif
