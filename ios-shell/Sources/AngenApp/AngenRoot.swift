// The app's first view: the sign-in while nobody is, and otherwise the officer's five tabs.

#if canImport(SwiftUI)
import AngenCore
import AngenHost
import AngenModels
import SwiftUI

/// Everything that the app shows. The app's own target makes the session and the transport.
public struct AngenRoot: View {
    private let session: Session
    private let transport: any Transport
    private let beginAnew: @MainActor () -> Void
    @Environment(\.scenePhase) private var phase

    /// `beginAnew` opens the database again: after the phone was emptied there is another.
    public init(
        session: Session, transport: any Transport, beginAnew: @escaping @MainActor () -> Void
    ) {
        (self.session, self.transport, self.beginAnew) = (session, transport, beginAnew)
    }

    public var body: some View {
        shown.task(id: session.commits) { await session.lookForOrder() }
    }

    @ViewBuilder private var shown: some View {
        if session.isOrderedEmpty {
            NavigationStack {
                Kept(WipeModel(session, transport: transport) { try OwnFiles.clear() }) {
                    WipeScreen(model: $0, beginAnew: beginAnew)
                }
            }
        } else if session.officer == nil {
            NavigationStack {
                Kept(SignInModel(session)) {
                    SignInScreen(model: $0, session: session, transport: transport)
                }
            }
        } else {
            tabs
        }
    }

    private var tabs: some View {
        TabView {
            NavigationStack {
                Kept(TodayModel(session)) { TodayScreen(model: $0) }.toolbar { leave }
            }
            .tabItem { say("today.title", symbol: "sun.max") }
            NavigationStack {
                Kept(EnterprisesModel(session)) { EnterprisesScreen(model: $0, assistance: nil) }
            }
            .tabItem { say("enterprise.title", symbol: "building.2") }
            NavigationStack {
                Kept(SyncModel(session, transport: transport)) { SyncScreen(model: $0) }
            }
            .tabItem { say("sync.title", symbol: "arrow.triangle.2.circlepath") }
            NavigationStack { Kept(DossiersModel(session)) { DossiersScreen(model: $0) } }
                .tabItem { say("dossier.title", symbol: "archivebox") }
            NavigationStack {
                Kept(SettingsModel(session)) { SettingsScreen(model: $0, transport: transport) }
            }
            .tabItem { say("settings.title", symbol: "gearshape") }
        }
        .onChange(of: phase) { _, now in
            Task { await session.entered(inForeground: now == .active) }
        }
    }

    /// Gives the phone to another officer: one tap, from wherever today is shown.
    private var leave: some View {
        Button {
            Task { await session.signOut() }
        } label: {
            say("signin.switch", symbol: "person.2")
        }
    }
}
#endif
