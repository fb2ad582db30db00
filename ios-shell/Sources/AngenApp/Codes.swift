// Texts that go from phone to phone: as a QR code where the platform draws one, and always as text.

#if canImport(SwiftUI)
import AngenCore
import AngenHost
import AngenModels
import SwiftUI

/// A text for another phone: to be scanned, or shared by whatever reaches it.
struct CodeView: View {
    let text: String

    var body: some View {
        CodeImage(text: text)
        Text(verbatim: text).font(.footnote).textSelection(.enabled)
        ShareLink(item: text) {
            say("join.share", symbol: "square.and.arrow.up").frame(minHeight: 56)
        }
    }
}

/// A text that another phone shows: scanned, or pasted.
struct CodeEntry: View {
    let key: LocalizedStringKey
    let text: Binding<String>
    let work: Work
    @State private var isScanning = false

    var body: some View {
        WideButton(key: "join.scan", symbol: "qrcode.viewfinder", work: work) {
            isScanning = true
        }
        .sheet(isPresented: $isScanning) {
            CodeScanner { read in
                isScanning = false
                if let read { text.wrappedValue = read }
            }
        }
        Entry(key: key, text: text)
    }
}

/// Words that two people read to each other.
struct SpokenWords: View {
    let words: Bilingual
    let language: Language

    var body: some View {
        Text(verbatim: language.pick(words)).font(.title2)
    }
}
#endif
