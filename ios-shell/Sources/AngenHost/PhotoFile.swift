// A photo as a file: written once, with what the camera says of it.

#if canImport(UIKit)
import Foundation
import ImageIO
import UIKit
import UniformTypeIdentifiers

/// Writes what the system's camera gives as pixels and a dictionary.
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
}
#endif
