// Sync in the background: the system wakes the app when there is a network and power.

#if canImport(BackgroundTasks) && os(iOS)
import BackgroundTasks
import Foundation

/// Asks the system for time to sync in, and syncs when it gives some.
///
/// The identifier stands in the app's Info.plist under `BGTaskSchedulerPermittedIdentifiers`.
public enum BackgroundSync {
    public static let identifier = "org.angen.inspector.sync"

    /// The soonest that the system may wake the app again, in seconds.
    private static let soonest: TimeInterval = 15 * 60

    /// Registers the work; call it once, before the app has finished launching. The work ends an
    /// exchange early when its task is cancelled: that is how the system takes its time back.
    public static func register(_ sync: @escaping @Sendable () async -> Bool) {
        BGTaskScheduler.shared.register(forTaskWithIdentifier: identifier, using: nil) { task in
            ask()
            let work = Task {
                task.setTaskCompleted(success: await sync())
            }
            task.expirationHandler = { work.cancel() }
        }
    }

    /// Asks for the next time. A phone on which background refresh is off refuses: then the
    /// officer's own tap on the sync screen is the only one, and the screen says what waits.
    public static func ask() {
        let request = BGProcessingTaskRequest(identifier: identifier)
        request.requiresNetworkConnectivity = true
        request.earliestBeginDate = Date(timeIntervalSinceNow: soonest)
        try? BGTaskScheduler.shared.submit(request)
    }
}
#endif
