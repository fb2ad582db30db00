// The language of the screen: Chinese first, and English.

import AngenCore

/// The language in which the core's sentences are shown. The screens' own words come from the
/// string catalogue, which follows the phone.
public enum Language: Sendable, Equatable {
    case chinese
    case english

    /// Of a phone whose languages are these, the one wanted most first, such as `en-GB`.
    public init(preferred: [String]) {
        let known = preferred.first { $0.hasPrefix("zh") || $0.hasPrefix("en") }
        self = known?.hasPrefix("en") == true ? .english : .chinese
    }

    /// The sentence in this language.
    public func pick(zh: String, en: String) -> String {
        switch self {
        case .chinese: zh
        case .english: en
        }
    }
}

extension Language {
    /// A text that the core has in both languages.
    public func pick(_ text: Bilingual) -> String {
        pick(zh: text.zh, en: text.en)
    }
}
