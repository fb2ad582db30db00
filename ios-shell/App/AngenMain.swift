// The app's own target: makes the clock, the keys, the core and the session, and shows the root.

import AngenApp
import AngenCore
import AngenHost
import AngenModels
import Foundation
import SwiftUI
import UIKit

@main
struct AngenMain: App {
    @UIApplicationDelegateAdaptor(Delegate.self) private var delegate
    @Environment(\.scenePhase) private var phase
    @State private var opened = Opened(transport: Delegate.transport)

    var body: some Scene {
        WindowGroup {
            if let session = opened.session {
                AngenRoot(session: session, transport: opened.transport) {
                    opened = Opened(transport: Delegate.transport)
                }
                // Another session is another app: nothing of the one before is shown.
                .id(ObjectIdentifier(session))
            } else {
                // The core could not open its database: its own sentence says what to do.
                Text(verbatim: opened.fault?.sentence(opened.language) ?? "")
                    .padding(24)
            }
        }
        .onChange(of: phase) { _, now in
            // The system may start the app before the phone was unlocked once, and there is no key
            // then; by the time that an officer sees it, there is.
            if now == .active && opened.session == nil {
                opened = Opened(transport: Delegate.transport)
            }
        }
    }
}

/// What stands for as long as the app runs.
@MainActor
struct Opened {
    let language = Language(preferred: Locale.preferredLanguages)
    let transport: BackgroundTransport
    private(set) var session: Session?
    private(set) var fault: Fault?

    init(transport: BackgroundTransport) {
        self.transport = transport
        ShownFolder.clear()
        let (clock, keys) = (DeviceClock(), KeychainKeys())
        do {
            let folder = try DataFolder.url()
            let inspector = try Inspector.openEncrypted(
                folder: folder.path, databaseKey: KeychainDatabaseKey(), clock: clock, keys: keys,
                disk: DeviceDisk())
            let core = Core(inspector) { Int64(Date().timeIntervalSince1970 * 1000) }
            let session = Session(core: core, locks: keys, language: language)
            try session.listen()
            self.session = session
        } catch {
            fault = Fault(error)
        }
    }
}

/// Hears from the system that transfers ended while the app slept.
final class Delegate: NSObject, UIApplicationDelegate {
    static let transport = BackgroundTransport()

    func application(
        _ application: UIApplication, handleEventsForBackgroundURLSession identifier: String,
        completionHandler: @escaping () -> Void
    ) {
        nonisolated(unsafe) let call = completionHandler
        Self.transport.heardAll { call() }
    }
}
