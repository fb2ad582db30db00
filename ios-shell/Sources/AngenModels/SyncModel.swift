// Sync 同步: what only this phone has, and the exchange with the hub.

import AngenCore
import Observation

/// The state of sync, and the exchange that goes on.
@MainActor @Observable
public final class SyncModel {
    /// What has a receipt and what not; none until it was read.
    public private(set) var state: SyncState?
    /// How far the exchange is; none while none goes on.
    public private(set) var progress: SyncProgress?
    /// What came of the last one that this screen began.
    public private(set) var exchanged: Exchanged?
    public let waiting: Pages<WaitingDossier, DossierId>
    public let work = Work()
    public let session: Session

    private let transport: any Transport
    private var cancel: Cancel?

    public init(_ session: Session, transport: any Transport) {
        (self.session, self.transport) = (session, transport)
        let core = session.core
        waiting = Pages { after in
            let page = try await core.call { try $0.waiting(after: after) }
            return (page.rows, page.next)
        }
    }

    /// Reads the state.
    public func load() async {
        await work.run { try await reload() }
    }

    /// Exchanges with the hub that the phone keeps. Other verbs go on meanwhile.
    public func sync(over network: Network) async {
        guard let hub = state?.hub else { return }
        let (core, transport, cancel) = (session.core, transport, Cancel())
        let progress = Hearing { [weak self] in self?.progress = $0 }
        let request = SyncRequest(hub: hub, network: network)
        self.cancel = cancel
        await work.run {
            let writer = try session.writer()
            exchanged = try await core.call {
                try $0.sync(
                    writer: writer, request: request, transport: transport, progress: progress,
                    cancel: cancel)
            }
            try await reload()
            await session.lookForOrder()
        }
        (self.cancel, self.progress) = (nil, nil)
    }

    /// Ends the exchange that goes on; what was done is kept.
    public func stop() {
        cancel?.cancel()
    }

    private func reload() async throws {
        state = try await session.core.call { try $0.syncState() }
        try await waiting.reload()
    }
}

/// Carries how far an exchange is to the main actor.
private final class Hearing: Progress {
    private let heard: @MainActor @Sendable (SyncProgress) -> Void

    init(heard: @escaping @MainActor @Sendable (SyncProgress) -> Void) {
        self.heard = heard
    }

    func came(progress: SyncProgress) throws {
        let heard = heard
        Task { @MainActor in heard(progress) }
    }
}
