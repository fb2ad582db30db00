// What the app calls of UIKit, so that its use is checked on Linux: names, types, actors.

@_exported import CoreGraphics
import Foundation

@MainActor open class UIResponder: NSObject {}

@MainActor open class UIView: UIResponder {}

@MainActor open class UIViewController: UIResponder {}

@MainActor open class UINavigationController: UIViewController {}

/// A picture that was decoded; Apple's is as free of threads.
public final class UIImage: Sendable {
    public let cgImage: CGImage?
    public init(cgImage: CGImage) { self.cgImage = cgImage }
}

@MainActor public protocol UINavigationControllerDelegate: AnyObject {}

@MainActor public protocol UIImagePickerControllerDelegate: AnyObject {
    func imagePickerController(
        _ picker: UIImagePickerController,
        didFinishPickingMediaWithInfo info: [UIImagePickerController.InfoKey: Any])
    func imagePickerControllerDidCancel(_ picker: UIImagePickerController)
}

@MainActor open class UIImagePickerController: UINavigationController {
    public enum SourceType: Sendable { case camera }
    public enum QualityType: Sendable { case typeHigh }
    public struct InfoKey: Hashable, Sendable {
        private let name: String
        public static let mediaURL = InfoKey(name: "mediaURL")
        public static let originalImage = InfoKey(name: "originalImage")
        public static let mediaMetadata = InfoKey(name: "mediaMetadata")
    }

    public var sourceType = SourceType.camera
    public var mediaTypes: [String] = []
    public var videoQuality = QualityType.typeHigh
    public weak var delegate:
        (any UIImagePickerControllerDelegate & UINavigationControllerDelegate)?
}

@MainActor open class UIApplication: UIResponder {}

@MainActor public protocol UIApplicationDelegate: AnyObject {
    func application(
        _ application: UIApplication, handleEventsForBackgroundURLSession identifier: String,
        completionHandler: @escaping () -> Void)
}
