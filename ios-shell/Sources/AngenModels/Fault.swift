// What went wrong, as a screen says it: the core's own two sentences, and what can be done.

import AngenCore

/// What the officer can do about a call that failed.
public enum Remedy: Sendable, Equatable {
    /// Mend what was entered at this place; the sentence belongs beside it.
    case mend(place: String)
    /// Go back: it is not here.
    case goBack
    /// Somebody else must do it.
    case askAdministrator
    /// Enter the PIN, then it is done again.
    case unlock
    /// Do it again.
    case again
    /// Install the newer version.
    case update
    /// Make room on the phone.
    case makeRoom
    /// Start anew; the damaged file is kept at this place.
    case startAnew(keptAt: String)
    /// Go on: it is sent when there is a network.
    case waitForNetwork
    /// Nothing: the officer ended it.
    case nothing
    /// Report it.
    case report
}

/// What went wrong. Nothing was changed by the call that threw it.
public struct Fault: Error, Sendable, Equatable {
    /// For the officer, in Chinese, from the core.
    public let zh: String
    /// For the officer, in English, from the core.
    public let en: String
    /// What can be done.
    public let remedy: Remedy

    /// The sentence in the language of the screen.
    public func sentence(_ language: Language) -> String {
        language.pick(zh: zh, en: en)
    }

    init(zh: String, en: String, remedy: Remedy) {
        (self.zh, self.en, self.remedy) = (zh, en, remedy)
    }

    /// Whatever a call of the core throws.
    public init(_ error: any Error) {
        switch error {
        case let fault as Fault: self = fault
        case let error as ApiError: self.init(error)
        case let error as HostError where error == .Locked:
            self.init(
                zh: "PIN 不对，没有打开钥匙，请再试", en: "that is not the PIN: no key was opened, try again",
                remedy: .unlock)
        default:
            // Only the bindings themselves come here: a library of another version, say.
            self.init(
                zh: "应用内部出错：\(error)", en: "the app itself failed: \(error)", remedy: .report)
        }
    }

    private init(_ error: ApiError) {
        switch error {
        case .Invalid(let place, let zh, let en):
            self.init(zh: zh, en: en, remedy: .mend(place: place))
        case .NotFound(let zh, let en): self.init(zh: zh, en: en, remedy: .goBack)
        case .NotAllowed(let zh, let en): self.init(zh: zh, en: en, remedy: .askAdministrator)
        case .Locked(let zh, let en): self.init(zh: zh, en: en, remedy: .unlock)
        case .Paused(let zh, let en), .Retry(let zh, let en):
            self.init(zh: zh, en: en, remedy: .again)
        case .UpdateNeeded(let zh, let en): self.init(zh: zh, en: en, remedy: .update)
        case .StorageFull(let zh, let en): self.init(zh: zh, en: en, remedy: .makeRoom)
        case .Damaged(let setAside, let zh, let en):
            self.init(zh: zh, en: en, remedy: .startAnew(keptAt: setAside))
        case .Offline(let zh, let en): self.init(zh: zh, en: en, remedy: .waitForNetwork)
        case .Untrusted(let zh, let en): self.init(zh: zh, en: en, remedy: .askAdministrator)
        case .Cancelled(let zh, let en): self.init(zh: zh, en: en, remedy: .nothing)
        case .WrongKey(let zh, let en):
            self.init(zh: zh, en: en, remedy: .askAdministrator)
        case .Internal(let zh, let en): self.init(zh: zh, en: en, remedy: .report)
        }
    }
}
