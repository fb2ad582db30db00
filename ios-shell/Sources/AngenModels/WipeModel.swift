// An order that this phone be emptied 清除指令, while it is carried out: told, sent, done.

import AngenCore
import Observation

/// The phone that is emptied. An order waits for nobody: a phone that was stolen has nobody who
/// would press a button.
@MainActor @Observable
public final class WipeModel {
    /// How far it is; `over` once the order stands no more, or never named this phone.
    public enum Step: Sendable { case looking, sending, emptying, done, over }

    public private(set) var step = Step.looking
    /// Whose keys go, by whose order, and what would be lost.
    public private(set) var ordered: OrderedWipeView?
    /// What was lost; none before it was done.
    public private(set) var lost: WipeView?
    public let work = Work()
    public let session: Session

    private let transport: any Transport
    private let clear: @Sendable () throws -> Void

    /// `clear` removes what the app has beside the database: photos and papers in the clear.
    public init(
        _ session: Session, transport: any Transport, clear: @escaping @Sendable () throws -> Void
    ) {
        (self.session, self.transport, self.clear) = (session, transport, clear)
    }

    /// Whether there is no way back to the work.
    public var isUnderWay: Bool { step != .done && step != .over }

    /// Carries the order out. Called again after a failure, it goes on.
    public func obey(over network: Network = .free) async {
        guard isUnderWay else { return }
        await work.run {
            guard try await look() != nil else {
                step = .over
                return
            }
            step = .sending
            await send(over: network)
            step = .emptying
            try await empty()
        }
    }

    /// Sends what is not sent, where somebody is signed in and a hub is kept: one try. A hub that
    /// is away, or takes nothing any more, keeps no order waiting; what is left is told as lost.
    private func send(over network: Network) async {
        guard let writer = session.officer?.writer, let report = ordered?.report,
            report.unsentOps + report.unsentFiles > 0
        else { return }
        let transport = transport
        _ = try? await session.core.call { core in
            guard let hub = try core.syncState().hub else { return }
            _ = try core.sync(
                writer: writer, request: SyncRequest(hub: hub, network: network),
                transport: transport, progress: nil, cancel: nil)
        }
    }

    /// What lies beside the database goes first: as long as the order stands in it, an app that is
    /// killed here begins again at its next start.
    private func empty() async throws {
        guard let now = try await look() else {
            step = .over
            return
        }
        let clear = clear
        let lost = try await session.core.call {
            if now.everything { try clear() }
            return try $0.wipe(writers: now.report.writers, everything: now.everything)
        }
        if let officer = session.officer, lost.writers.contains(officer.writer) {
            await session.signOut()
        }
        (self.lost, step) = (lost, .done)
    }

    private func look() async throws -> OrderedWipeView? {
        let found = try await session.core.call { try $0.orderedWipe() }
        if let found { ordered = found }
        return found
    }
}
