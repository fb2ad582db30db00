// A file that comes from elsewhere, from wherever the phone has it.

#if canImport(SwiftUI)
import AngenHost
import AngenModels
import Foundation
import SwiftUI

#if canImport(UniformTypeIdentifiers)
import UniformTypeIdentifiers
#endif

/// A button that lets the officer choose a file; a copy of it goes on. What it is, the core looks
/// at, and not at its name.
struct FileImport: View {
    let key: LocalizedStringKey
    let work: Work
    let chose: @MainActor (String) -> Void
    @State private var isShown = false

    var body: some View {
        WideButton(key: key, symbol: "square.and.arrow.down", work: work) {
            isShown = true
        }
        #if canImport(UniformTypeIdentifiers)
        .fileImporter(
            isPresented: $isShown, allowedContentTypes: [.image, .movie, .audio, .pdf, .data]
        ) { result in
            Task { await take(result) }
        }
        #endif
    }

    /// A film takes its time: it is copied away from the main actor.
    private func take(_ result: Result<URL, any Error>) async {
        await work.run {
            let chosen = try result.get()
            let copy = try await Task.detached { try ImportedFile.copy(chosen) }.value
            chose(copy.path)
        }
    }
}
#endif
