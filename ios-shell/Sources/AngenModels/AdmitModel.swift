// Admission 应答入网: an administrator certifies whoever asks on another phone.

import AngenCore
import Observation

/// How an administrator, who is signed in, lets a person join: by two texts, or over a hub.
@MainActor @Observable
public final class AdmitModel {
    /// What the new phone shows: scanned, or pasted.
    public var ask = ""
    /// Who it is.
    public var who = NewOfficer()
    /// The last day of a certificate that ends, such as `2026-12-31`; empty for one that does not.
    public var until = ""
    /// The answer, for the new phone to scan.
    public private(set) var answered: AnsweredJoin?
    /// The fingerprint of this township's root as words, which both phones compare.
    public private(set) var rootWords: Bilingual?

    /// The invitation, for new phones to scan; none before somebody was invited.
    public private(set) var invitation: InvitationView?
    /// Who asks at the hub.
    public private(set) var waiting: AskList?
    /// The words that the new phone shows, as its owner reads them out.
    public var words = ""
    public let work = Work()
    public let session: Session

    private let transport: any Transport

    public init(_ session: Session, transport: any Transport) {
        (self.session, self.transport) = (session, transport)
    }

    /// Reads whose root is to be compared.
    public func load() async {
        await work.run {
            rootWords = try await session.core.call {
                fingerprintWords(fingerprint: try $0.established().root)
            }
        }
    }

    /// Answers the text of a new phone. The same text again gives the same answer.
    public func answer() async {
        let request = request
        await work.run {
            let writer = try session.writer()
            answered = try await session.core.call {
                try $0.answerJoin(writer: writer, request: request)
            }
            (ask, who, until) = ("", who.next, "")
        }
    }

    /// Invites new phones, for a day.
    public func invite() async {
        let transport = transport
        await work.run {
            let (writer, hub) = (try session.writer(), try await hub())
            invitation = try await session.core.call {
                try $0.invite(writer: writer, hub: hub, transport: transport, cancel: nil)
            }
        }
    }

    /// Looks who asks under an invitation of this phone.
    public func look() async {
        let transport = transport
        await work.run {
            let (writer, hub) = (try session.writer(), try await hub())
            waiting = try await session.core.call {
                try $0.waitingAsks(writer: writer, hub: hub, transport: transport, cancel: nil)
            }
        }
    }

    /// Answers the phone whose owner has read out these words.
    public func answerOverHub() async {
        let (request, words, transport) = (request, words, transport)
        await work.run {
            let (writer, hub) = (try session.writer(), try await hub())
            answered = try await session.core.call {
                try $0.answerOverHub(
                    writer: writer, hub: hub, words: words, request: request,
                    transport: transport, cancel: nil)
            }
            (self.words, waiting, who, until) = ("", nil, who.next, "")
        }
    }

    /// The next person.
    public func next() {
        answered = nil
    }

    private var request: AnswerJoin {
        AnswerJoin(
            ask: ask, who: who.request,
            terms: Terms(until: until.isEmpty ? nil : until))
    }

    private func hub() async throws -> String {
        guard let hub = try await session.core.call({ try $0.syncState().hub }) else {
            throw Fault.noHub
        }
        return hub
    }
}

extension Fault {
    /// What goes over a hub, on a phone that keeps the address of none.
    public static let noHub = Fault(
        zh: "还没有填写平台地址，请先在设置里填写",
        en: "no address of a hub is kept: enter it in the settings first",
        remedy: .mend(place: "hub"))
}
