// Assent: the second officer by PIN, and the factory by a signed page or its refusal.

#if canImport(SwiftUI)
import AngenCore
import AngenHost
import AngenModels
import SwiftUI

struct AssentScreen: View {
    @Bindable var assent: AssentModel
    let party: PartyModel

    var body: some View {
        Form {
            FaultSection(work: assent.work, language: assent.session.language)
            Section {
                if let second = assent.second {
                    Text(verbatim: second.name).font(.title2)
                    SecureField(text: $assent.pin) { say("signin.pin") }
                        .font(.title2)
                        .frame(minHeight: 56)
                    WideButton(key: "assent.give", symbol: "signature", work: assent.work) {
                        await assent.assent()
                    }
                } else {
                    ForEach(assent.others, id: \.writer) { officer in
                        Button {
                            assent.second = officer
                        } label: {
                            OfficerLine(officer)
                        }
                    }
                }
                if let given = assent.given {
                    say("assent.given \(Int(given.assented))").foregroundStyle(.green)
                }
                NavigationLink {
                    Kept(AwayAssentModel(assent.session, dossier: assent.dossier)) {
                        AwayAssentScreen(model: $0)
                    }
                } label: {
                    say("assent.away", symbol: "qrcode").frame(minHeight: 56)
                }
            } header: {
                say("assent.second")
            }
            PartySection(model: party)
        }
        .navigationTitle(say("assent.title"))
        .task { await assent.load() }
        .task(id: party.session.commits) { await party.load() }
    }
}

/// How the party answered the record: signed on a page that was captured, or refused.
struct PartySection: View {
    @Bindable var model: PartyModel

    var body: some View {
        FaultSection(work: model.work, language: model.session.language)
        Section {
            if let record = model.record {
                say(record == "signed" ? "assent.signed" : "assent.refused")
            } else {
                page
                Entry(key: "assent.signer", text: $model.signer)
                Entry(key: "assent.post", text: $model.post)
                WideButton(key: "assent.sign", symbol: "signature", work: model.work) {
                    await model.signed()
                }
                Entry(key: "assent.reason", text: $model.reason)
                WideButton(key: "assent.refuse", symbol: "xmark", work: model.work) {
                    await model.refused()
                }
            }
        } header: {
            say("assent.party")
        }
    }

    @ViewBuilder private var page: some View {
        if model.page == nil {
            say("assent.no_page").foregroundStyle(.orange)
        } else {
            say("assent.page", symbol: "checkmark.circle").foregroundStyle(.green)
        }
        NavigationLink {
            Kept(
                CaptureModel(
                    model.session, dossier: model.dossier, about: nil, purpose: .signedPage,
                    device: thisDevice())
            ) { CaptureScreen(model: $0) }
        } label: {
            say("assent.capture_page", symbol: "camera").frame(minHeight: 56)
        }
    }
}
#endif
