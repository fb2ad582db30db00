// The one-page report of a visit: the core's own page, to read, print and share.

#if canImport(SwiftUI)
import AngenModels
import Foundation
import SwiftUI

#if canImport(WebKit)
import UIKit
import WebKit
#endif

struct ReportScreen: View {
    let model: ReportModel

    var body: some View {
        VStack {
            if let fault = model.work.fault {
                Text(verbatim: fault.sentence(model.session.language)).foregroundStyle(.red)
            }
            if let file = model.file {
                PageView(file: file)
                ShareLink(item: file) {
                    say("report.share", symbol: "square.and.arrow.up")
                        .font(.title3)
                        .frame(maxWidth: .infinity, minHeight: 56)
                }
            } else if model.work.isBusy {
                ProgressView()
            }
        }
        .navigationTitle(say("report.title"))
        .task { await model.write() }
    }
}

#if canImport(WebKit)
/// A page of the core, from its file: nothing of it is fetched from anywhere.
struct PageView: UIViewRepresentable {
    let file: URL

    func makeUIView(context: Context) -> WKWebView {
        let settings = WKWebViewConfiguration()
        settings.defaultWebpagePreferences.allowsContentJavaScript = false
        return WKWebView(frame: .zero, configuration: settings)
    }

    func updateUIView(_ view: WKWebView, context: Context) {
        view.loadFileURL(file, allowingReadAccessTo: file)
    }
}
#else
/// Only a phone shows the page: elsewhere it is shared.
struct PageView: View {
    let file: URL

    var body: some View { Text(verbatim: file.lastPathComponent) }
}
#endif
#endif
