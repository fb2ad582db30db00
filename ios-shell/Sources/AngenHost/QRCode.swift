// A text as a QR code, drawn by the system.

#if canImport(CoreImage)
import CoreImage
import Foundation

/// QR codes for the eye of another phone.
public enum QRCode {
    /// Points of one module: large enough to be drawn sharply on any screen.
    private static let modulePoints: CGFloat = 8

    /// None for a text that does not fit. A screen has no scratches: the lowest correction makes
    /// the largest modules.
    public static func image(of text: String) -> CGImage? {
        let filter = CIFilter(
            name: "CIQRCodeGenerator",
            parameters: ["inputMessage": Data(text.utf8), "inputCorrectionLevel": "L"])
        let scale = CGAffineTransform(scaleX: modulePoints, y: modulePoints)
        guard let drawn = filter?.outputImage?.transformed(by: scale) else { return nil }
        return CIContext().createCGImage(drawn, from: drawn.extent)
    }
}
#endif
