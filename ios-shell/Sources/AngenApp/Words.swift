// The screens' own words: Chinese first and English, from the string catalogue.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import Foundation
import SwiftUI

/// A text of the catalogue. Sentences of the core are shown as they are, with `Text(verbatim:)`.
@MainActor
func say(_ key: LocalizedStringKey) -> Text {
    Text(key, bundle: .module)
}

/// A text of the catalogue with its symbol, which VoiceOver does not read.
@MainActor
func say(_ key: LocalizedStringKey, symbol: String) -> some View {
    Label {
        say(key)
    } icon: {
        Image(systemName: symbol).accessibilityHidden(true)
    }
}

/// The time of a moment of the core.
func date(_ ms: Int64) -> Date {
    Date(timeIntervalSince1970: Double(ms) / 1000)
}
#endif
