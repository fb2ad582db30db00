// Assent: the second officer by PIN, and the factory by a signed page or its refusal.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct AssentScreen: View {
    @Bindable var assent: AssentModel
    let check: CheckModel

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
                            OfficerLine(officer: officer)
                        }
                    }
                }
                if let given = assent.given {
                    say("assent.given \(Int(given.assented))").foregroundStyle(.green)
                }
            } header: {
                say("assent.second")
            }
            PartySection(check: check)
        }
        .navigationTitle(say("assent.title"))
        .task { await assent.load() }
    }
}

/// How the party answered the record: refused, or signed on the page that was captured last.
struct PartySection: View {
    let check: CheckModel
    @State private var reason = ""

    var body: some View {
        Section {
            FaultSection(work: check.work, language: check.session.language)
            if let record = check.check?.record {
                say(record == "signed" ? "assent.signed" : "assent.refused")
            } else {
                Entry(key: "assent.reason", text: $reason)
                WideButton(key: "assent.refuse", symbol: "xmark", work: check.work) {
                    await check.sign(.refused(reason: reason, evidence: nil))
                }
            }
        } header: {
            say("assent.party")
        }
    }
}
#endif
