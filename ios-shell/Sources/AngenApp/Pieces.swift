// The pieces that screens share: a fault, a large button, what is missing, a list that goes on.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

/// What went wrong, in the officer's language, until it was read.
struct FaultSection: View {
    let work: Work
    let language: Language

    var body: some View {
        if let fault = work.fault {
            Section {
                Text(verbatim: fault.sentence(language))
                    .foregroundStyle(.red)
                    .accessibilityAddTraits(.updatesFrequently)
                Button {
                    work.fault = nil
                } label: {
                    say("fault.read")
                }
            }
        }
    }
}

/// A button for a thumb in a glove: as wide as the screen, at least 56 points high.
struct WideButton: View {
    let key: LocalizedStringKey
    let symbol: String
    let work: Work
    let action: @MainActor () async -> Void

    var body: some View {
        Button {
            Task { await action() }
        } label: {
            say(key, symbol: symbol)
                .font(.title3)
                .frame(maxWidth: .infinity, minHeight: 56)
        }
        .buttonStyle(.borderedProminent)
        .controlSize(.large)
        .disabled(work.isBusy)
    }
}

/// What is missing before the officer leaves this gate, in three lines.
struct MissingLines: View {
    let missing: [MissingView]
    let more: Int
    let language: Language

    var body: some View {
        if missing.isEmpty {
            say("missing.none", symbol: "checkmark.circle").foregroundStyle(.green)
        } else {
            ForEach(missing.indices.map { $0 }, id: \.self) { index in
                Label {
                    Text(verbatim: language.pick(zh: missing[index].zh, en: missing[index].en))
                } icon: {
                    Image(systemName: missing[index].isOpen ? "circle" : "clock")
                        .accessibilityHidden(true)
                }
            }
            if more > 0 {
                say("missing.more \(more)").foregroundStyle(.secondary)
            }
        }
    }
}

/// The next page of a list, fetched when it comes into sight.
struct NextPage<Row: Sendable, Cursor: Sendable>: View {
    let pages: Pages<Row, Cursor>
    let work: Work

    var body: some View {
        if pages.hasMore {
            ProgressView().task {
                await work.run { try await pages.more() }
            }
        }
    }
}

/// A field with its name above what is entered, so that the name stays when text is large.
struct Entry: View {
    let key: LocalizedStringKey
    let text: Binding<String>

    var body: some View {
        VStack(alignment: .leading) {
            say(key).font(.footnote).foregroundStyle(.secondary)
            TextField(text: text) { say(key) }
                .frame(minHeight: 44)
        }
    }
}

/// A field for a PIN, large enough for a thumb; nobody beside the officer reads it.
struct PinField: View {
    let key: LocalizedStringKey
    let pin: Binding<String>

    var body: some View {
        VStack(alignment: .leading) {
            say(key).font(.footnote).foregroundStyle(.secondary)
            SecureField(text: pin) { say(key) }
                .font(.title2)
                .frame(minHeight: 56)
        }
    }
}
#endif
