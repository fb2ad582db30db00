// The platform's camera, whose file goes to the core as it was written.

#if canImport(SwiftUI)
import AngenHost
import Foundation
import SwiftUI

#if canImport(UIKit)
import UIKit
import UniformTypeIdentifiers

/// The system's camera. A movie comes as the system wrote it; a photo is written once, as JPEG
/// at full quality with the camera's own data, before the officer can do anything else with it.
struct CameraView: UIViewControllerRepresentable {
    let took: @MainActor (String?) -> Void

    func makeUIViewController(context: Context) -> UIImagePickerController {
        let picker = UIImagePickerController()
        picker.sourceType = .camera
        picker.mediaTypes = [UTType.image.identifier, UTType.movie.identifier]
        picker.videoQuality = .typeHigh
        picker.delegate = context.coordinator
        return picker
    }

    func updateUIViewController(_ picker: UIImagePickerController, context: Context) {}

    func makeCoordinator() -> Coordinator { Coordinator(took: took) }

    @MainActor
    final class Coordinator: NSObject, UIImagePickerControllerDelegate,
        UINavigationControllerDelegate
    {
        private let took: @MainActor (String?) -> Void

        init(took: @escaping @MainActor (String?) -> Void) { self.took = took }

        func imagePickerController(
            _ picker: UIImagePickerController,
            didFinishPickingMediaWithInfo info: [UIImagePickerController.InfoKey: Any]
        ) {
            if let movie = info[.mediaURL] as? URL {
                took(movie.path)
            } else if let image = info[.originalImage] as? UIImage {
                let metadata = info[.mediaMetadata] as? [String: Any] ?? [:]
                took(try? PhotoFile.write(image, metadata: metadata).path)
            } else {
                took(nil)
            }
        }

        func imagePickerControllerDidCancel(_ picker: UIImagePickerController) { took(nil) }
    }
}
#else
/// Only a phone has a camera: elsewhere nothing is taken.
struct CameraView: View {
    let took: @MainActor (String?) -> Void

    var body: some View {
        Button(role: .cancel) {
            took(nil)
        } label: {
            say("capture.no_camera")
        }
    }
}
#endif
#endif
