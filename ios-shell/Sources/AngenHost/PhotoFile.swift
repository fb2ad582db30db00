// A photo as a file: written once, with what the camera says of it.

#if canImport(UIKit)
import Foundation
import ImageIO
import UIKit
import UniformTypeIdentifiers

/// Writes what the system's camera gives as pixels and a dictionary, and reads it for the screen.
public enum PhotoFile {
    /// A JPEG at full quality with the camera's own data, in the temporary folder.
    public static func write(_ image: UIImage, metadata: [String: Any]) throws -> URL {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "\(UUID().uuidString).jpg")
        let kind = UTType.jpeg.identifier as CFString
        guard let pixels = image.cgImage,
            let file = CGImageDestinationCreateWithURL(url as CFURL, kind, 1, nil)
        else { throw CocoaError(.fileWriteUnknown) }
        var properties = metadata
        properties[kCGImageDestinationLossyCompressionQuality as String] = 1.0
        CGImageDestinationAddImage(file, pixels, properties as CFDictionary)
        guard CGImageDestinationFinalize(file) else { throw CocoaError(.fileWriteUnknown) }
        return url
    }

    /// A photo no larger than a screen: the pixels of a whole one would take 50 MB of memory.
    public static func small(of file: URL) async -> UIImage? {
        let options: [CFString: Any] = [
            kCGImageSourceCreateThumbnailFromImageAlways: true,
            kCGImageSourceCreateThumbnailWithTransform: true,
            kCGImageSourceThumbnailMaxPixelSize: 2048,
        ]
        guard let source = CGImageSourceCreateWithURL(file as CFURL, nil),
            let pixels = CGImageSourceCreateThumbnailAtIndex(source, 0, options as CFDictionary)
        else { return nil }
        return UIImage(cgImage: pixels)
    }
}
#endif
