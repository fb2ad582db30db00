// An original as the platform shows it: a photo at the size of the screen, a film, a recording.

#if canImport(SwiftUI)
import AngenHost
import Foundation
import SwiftUI

#if canImport(UIKit)
import AVKit
import UIKit

/// The original. It is read from its file, and never kept beside it.
struct OriginalView: View {
    let file: URL
    let mime: String
    let caption: String
    @State private var photo: UIImage?

    var body: some View {
        if mime.hasPrefix("image/") {
            picture
        } else if mime.hasPrefix("video/") || mime.hasPrefix("audio/") {
            VideoPlayer(player: AVPlayer(url: file)).frame(minHeight: 240)
        } else {
            say("evidence.no_view")
        }
    }

    @ViewBuilder private var picture: some View {
        if let photo {
            Image(uiImage: photo)
                .resizable()
                .scaledToFit()
                .accessibilityLabel(Text(verbatim: caption))
        } else {
            ProgressView().task { photo = await PhotoFile.small(of: file) }
        }
    }
}
#else
/// Only a phone shows photos: elsewhere the words stand alone.
struct OriginalView: View {
    let file: URL
    let mime: String
    let caption: String

    var body: some View { say("evidence.no_view") }
}
#endif
#endif
