// The platform's own scanner and painter of QR codes.

#if canImport(SwiftUI)
import AngenHost
import Foundation
import SwiftUI

#if canImport(VisionKit) && canImport(UIKit)
import UIKit
import VisionKit

/// The first QR code before the camera. A phone whose camera cannot read codes gives none, and the
/// text is pasted.
struct CodeScanner: UIViewControllerRepresentable {
    let read: @MainActor (String?) -> Void

    func makeUIViewController(context: Context) -> DataScannerViewController {
        let scanner = DataScannerViewController(
            recognizedDataTypes: [.barcode(symbologies: [.qr])], isHighlightingEnabled: true)
        scanner.delegate = context.coordinator
        return scanner
    }

    func updateUIViewController(_ scanner: DataScannerViewController, context: Context) {
        do { try scanner.startScanning() } catch { read(nil) }
    }

    func makeCoordinator() -> Coordinator { Coordinator(read: read) }

    @MainActor
    final class Coordinator: NSObject, DataScannerViewControllerDelegate {
        private let read: @MainActor (String?) -> Void

        init(read: @escaping @MainActor (String?) -> Void) { self.read = read }

        func dataScanner(
            _ scanner: DataScannerViewController, didAdd added: [RecognizedItem],
            allItems: [RecognizedItem]
        ) {
            for case .barcode(let code) in added {
                guard let text = code.payloadStringValue else { continue }
                scanner.stopScanning()
                return read(text)
            }
        }
    }
}

/// A text as a code, as large as the screen is wide.
struct CodeImage: View {
    let text: String

    var body: some View {
        if let code = QRCode.image(of: text) {
            Image(decorative: code, scale: 1)
                .interpolation(.none)
                .resizable()
                .scaledToFit()
                .accessibilityLabel(say("join.code"))
        } else {
            say("join.too_long")
        }
    }
}
#else
/// Only a phone reads codes: elsewhere the text is pasted.
struct CodeScanner: View {
    let read: @MainActor (String?) -> Void

    var body: some View {
        Button(role: .cancel) {
            read(nil)
        } label: {
            say("join.no_scanner")
        }
    }
}

/// Only a phone draws codes: elsewhere the text stands alone.
struct CodeImage: View {
    let text: String

    var body: some View { say("join.too_long").foregroundStyle(.secondary) }
}
#endif
#endif
