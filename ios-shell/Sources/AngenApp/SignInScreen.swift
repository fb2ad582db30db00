// Sign in and switch officer: a name to tap, and its PIN.

#if canImport(SwiftUI)
import AngenCore
import AngenHost
import AngenModels
import SwiftUI

struct SignInScreen: View {
    @Bindable var model: SignInModel
    let session: Session
    let transport: any Transport

    private var language: Language { session.language }

    var body: some View {
        Form {
            FaultSection(work: model.work, language: language)
            if session.wasEmptied && model.here.isEmpty {
                say("wipe.finished", symbol: "checkmark.seal").foregroundStyle(.green)
            }
            if let chosen = model.chosen {
                Section {
                    Text(verbatim: chosen.name).font(.title2)
                    SecureField(text: $model.pin) { say("signin.pin") }
                        .font(.title2)
                        .frame(minHeight: 56)
                    WideButton(key: "signin.open", symbol: "lock.open", work: model.work) {
                        await model.signIn()
                    }
                    Button(role: .cancel) {
                        model.chosen = nil
                    } label: {
                        say("signin.other")
                    }
                }
            } else {
                Section {
                    ForEach(model.here, id: \.writer) { officer in
                        Button {
                            model.chosen = officer
                        } label: {
                            OfficerLine(officer)
                        }
                    }
                } header: {
                    say("signin.who")
                }
                JoinLink(session: session, transport: transport)
                NavigationLink {
                    Kept(SettingsModel(session, checklists: OwnChecklists.files)) {
                        SettingsScreen(model: $0, transport: transport)
                    }
                } label: {
                    say("settings.title", symbol: "gearshape")
                }
            }
        }
        .navigationTitle(say("signin.title"))
        .task { await model.load() }
    }
}

/// An officer in a list: the name large, and whether the certificate is valid.
struct OfficerLine: View {
    private let name: String
    private let role: Role?
    private let isCertified: Bool
    private let isRevoked: Bool

    init(_ officer: OfficerRow) {
        (name, role) = (officer.name, officer.role)
        (isCertified, isRevoked) = (officer.isCertified, officer.isRevoked)
    }

    init(_ holder: KeyHolder) {
        (name, role) = (holder.name, holder.role)
        (isCertified, isRevoked) = (holder.isCertified, holder.isRevoked)
    }

    var body: some View {
        VStack(alignment: .leading) {
            Text(verbatim: name).font(.title3)
            if isRevoked {
                say("officer.revoked").foregroundStyle(.red)
            } else if isCertified {
                say("officer.certified").foregroundStyle(.secondary)
            } else if role == .enforcer {
                say("officer.uncertified").foregroundStyle(.orange)
            } else if role == nil {
                say("role.administrator").foregroundStyle(.secondary)
            }
        }
        .frame(maxWidth: .infinity, minHeight: 56, alignment: .leading)
        .accessibilityElement(children: .combine)
    }
}
#endif
