// Admission: who it is, then an answer to a code, or to words that are read out over a hub.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct AdmitScreen: View {
    @Bindable var model: AdmitModel

    private var language: Language { model.session.language }

    var body: some View {
        Form {
            FaultSection(work: model.work, language: language)
            if let answered = model.answered {
                shown(answered)
            }
            Section {
                OfficerFields(who: $model.who)
                Entry(key: "admit.until", text: $model.until)
            } header: {
                say("admit.who")
            }
            byText
            overHub
        }
        .navigationTitle(say("admit.title"))
        .task { await model.load() }
    }

    private func shown(_ answered: AnsweredJoin) -> some View {
        Section {
            say("admit.answered", symbol: "checkmark.seal").foregroundStyle(.green)
            CodeView(text: answered.text)
            if let words = model.rootWords {
                say("admit.compare").foregroundStyle(.orange)
                SpokenWords(words: words, language: language)
            }
            Button {
                model.next()
            } label: {
                say("admit.next", symbol: "person.badge.plus").frame(minHeight: 56)
            }
        }
    }

    private var byText: some View {
        Section {
            CodeEntry(key: "admit.ask", text: $model.ask, work: model.work)
            WideButton(key: "admit.answer", symbol: "qrcode", work: model.work) {
                await model.answer()
            }
        } header: {
            say("join.without_network")
        }
    }

    private var overHub: some View {
        Section {
            WideButton(key: "admit.invite", symbol: "envelope", work: model.work) {
                await model.invite()
            }
            if let invitation = model.invitation {
                CodeView(text: invitation.text)
            }
            WideButton(key: "admit.look", symbol: "arrow.clockwise", work: model.work) {
                await model.look()
            }
            if let waiting = model.waiting { asks(waiting) }
        } header: {
            say("join.with_network")
        }
    }

    /// One tap on the words that were read out, and the person stands above.
    @ViewBuilder private func asks(_ waiting: AskList) -> some View {
        ForEach(waiting.rows, id: \.writer) { row in
            SpokenWords(words: row.words, language: language)
            WideButton(key: "admit.these", symbol: "checkmark.seal", work: model.work) {
                model.words = language.pick(row.words)
                await model.answerOverHub()
            }
        }
        if waiting.rows.isEmpty {
            say("admit.nobody").foregroundStyle(.secondary)
        }
    }
}
#endif
