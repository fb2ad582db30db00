// Capture: photo first, words later; a file from elsewhere is marked as such.

#if canImport(SwiftUI)
import AngenCore
import AngenHost
import AngenModels
import SwiftUI

struct CaptureScreen: View {
    @Bindable var model: CaptureModel
    @State private var isCameraShown = false

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            Section {
                WideButton(key: "capture.photo", symbol: "camera", work: model.work) {
                    isCameraShown = true
                }
                FileImport(key: "capture.import", work: model.work) {
                    model.chose($0, from: .imported)
                }
                if model.purpose == nil {
                    framing
                    #if canImport(AVFAudio) && canImport(UIKit)
                    Kept(VoiceModel(model, recorder: VoiceRecorder())) { voice in
                        VoiceSection(model: voice)
                            .onDisappear { Task { await voice.leave() } }
                    }
                    #endif
                }
                // A paper is taken flat and whole; a scene from two distances.
                say(model.purpose == nil ? "capture.guide" : "capture.guide_page")
                    .foregroundStyle(.secondary)
            }
            if model.path != nil {
                words
            }
            Section {
                ForEach(model.gallery.rows, id: \.evidence) { row in
                    EvidenceLink(session: model.session, dossier: model.dossier, row: row)
                }
                NextPage(pages: model.gallery, work: model.work)
            } header: {
                say("capture.gallery")
            }
        }
        .navigationTitle(say("capture.title"))
        .task {
            await model.frame(.wide)
            await model.load()
        }
        .sheet(isPresented: $isCameraShown) {
            CameraView { path in
                isCameraShown = false
                if let path { model.tookPhoto(at: path) }
            }
        }
    }

    /// What the next photo shows, in the order in which a scene is taken.
    private var framing: some View {
        Picker(selection: frame) {
            say("capture.frame_wide").tag(Framing.wide)
            say("capture.frame_close").tag(Framing.close)
            say("capture.frame_ruler").tag(Framing.ruler)
            say("capture.frame_plate").tag(Framing.plate)
        } label: {
            say("capture.frame")
        }
        .frame(minHeight: 56)
    }

    private var frame: Binding<Framing> {
        Binding(get: { model.framing }, set: { next in Task { await model.frame(next) } })
    }

    private var words: some View {
        Section {
            if model.source != .ownCamera {
                say("capture.imported", symbol: "square.and.arrow.down").foregroundStyle(.orange)
                Entry(key: "capture.source_note", text: $model.sourceNote)
            }
            Entry(key: "capture.caption", text: $model.caption)
            Button(role: .cancel) {
                model.discard()
            } label: {
                say("capture.again").frame(minHeight: 56)
            }
            WideButton(key: "capture.keep", symbol: "checkmark.seal", work: model.work) {
                await model.capture()
            }
        }
    }
}

/// A piece of evidence in a list, with what became of its file.
struct EvidenceLine: View {
    let row: EvidenceRow

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(verbatim: row.caption).font(.headline)
            Text(date(row.capturedMs), style: .time).foregroundStyle(.secondary)
            if row.isReceipted {
                say("evidence.receipted", symbol: "checkmark.icloud")
            } else {
                say("evidence.only_here", symbol: "iphone").foregroundStyle(.orange)
            }
            if row.sameOriginal > 0 {
                say("evidence.same_original").foregroundStyle(.orange)
            }
        }
        .frame(minHeight: 56)
        .accessibilityElement(children: .combine)
    }
}
#endif
