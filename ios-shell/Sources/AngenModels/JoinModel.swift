// Joining 入网: a person asks on this phone, an administrator answers, and they compare before the
// answer is believed.

import AngenCore
import Observation

/// How a person begins to write on this phone: by two texts, or under an invitation over a hub.
@MainActor @Observable
public final class JoinModel {
    /// What the person chose; their keys are bound to it.
    public var newPin = NewPin()
    /// The question, for the administrator's phone to scan; none before it was asked. It may be one
    /// that somebody else left lying here.
    public private(set) var asked: AskedToJoin?
    /// Whether it is being asked once more if the question is to be discarded.
    public var isDiscarding = false
    /// What the administrator shows: scanned, or pasted.
    public var answer = ""
    /// What the answer offers; its words are compared with the administrator's before joining.
    public private(set) var offer: JoinOffer?
    /// The invitation that the administrator shows, where there is a network.
    public var invitation = ""
    /// The words that this phone shows, to be read to the administrator.
    public private(set) var waiting: JoinState?
    /// The township, once it was joined.
    public private(set) var joined: Established?
    public let work = Work()
    public let session: Session

    private let transport: any Transport

    public init(_ session: Session, transport: any Transport) {
        (self.session, self.transport) = (session, transport)
    }

    /// Shows the question that waits here for its answer.
    public func load() async {
        await work.run { asked = try await session.core.call { try $0.openAsk() } }
    }

    /// Discards the question, with its keys, so that the next person can ask.
    public func discardAsk() async {
        guard let asked else { return }
        await work.run {
            try await session.core.call { try $0.discardAsk(asked: asked.asked) }
            (self.asked, offer, waiting, isDiscarding) = (nil, nil, nil, false)
            answer = ""
        }
    }

    /// Asks, with keys bound to the PIN that was chosen.
    public func ask() async {
        await work.run { try await makeQuestion() }
    }

    /// Reads what the administrator shows. Nothing is joined yet.
    public func read() async {
        let answer = answer
        await work.run {
            offer = nil
            offer = try await session.core.call { try $0.readJoinAnswer(text: answer) }
        }
    }

    /// Joins: the words were the same on both phones.
    public func join() async {
        guard let offer else { return }
        let answer = answer
        await work.run {
            joined = try await session.core.call {
                try $0.acceptJoin(text: answer, root: offer.root)
            }
        }
    }

    /// Asks under the invitation, and joins once the administrator has answered.
    public func askOverHub() async {
        let (invitation, transport) = (invitation, transport)
        await work.run {
            if asked == nil { try await makeQuestion() }
            let state = try await session.core.call {
                try $0.joinOverHub(invitation: invitation, transport: transport, cancel: nil)
            }
            (waiting, joined) = (state, state.joined)
        }
    }

    /// Looks for the answer again and again, for as long as the words are shown. A network that is
    /// gone comes back; what else went wrong is read first.
    public func awaitAnswer(every pause: Duration = .seconds(3)) async {
        while joined == nil, (try? await Task.sleep(for: pause)) != nil {
            switch work.fault?.remedy {
            case nil, .waitForNetwork, .again: await askOverHub()
            default: continue
            }
        }
    }

    private func makeQuestion() async throws {
        let core = session.core
        asked = try await session.makeKeys(under: newPin) {
            try await core.call { try $0.askToJoin() }
        }
        newPin = NewPin()
    }
}
