// What the app calls of VisionKit, so that its use is checked on Linux.

import Foundation
import UIKit

public enum RecognizedItem: Sendable {
    public struct Barcode: Sendable { public let payloadStringValue: String? }
    case barcode(Barcode)
}

@MainActor public protocol DataScannerViewControllerDelegate: AnyObject {
    func dataScanner(
        _ dataScanner: DataScannerViewController, didAdd addedItems: [RecognizedItem],
        allItems: [RecognizedItem])
}

@MainActor public final class DataScannerViewController: UIViewController {
    public struct RecognizedDataType: Hashable, Sendable {
        public enum Symbology: Hashable, Sendable { case qr }
        public static func barcode(symbologies: [Symbology] = []) -> RecognizedDataType {
            RecognizedDataType()
        }
    }

    public weak var delegate: (any DataScannerViewControllerDelegate)?

    public init(
        recognizedDataTypes: Set<RecognizedDataType>, isHighlightingEnabled: Bool = false
    ) {}
    public func startScanning() throws {}
    public func stopScanning() {}
}
