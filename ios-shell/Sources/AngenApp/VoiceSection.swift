// A voice note on the screen of capture: one button to begin, one to end.

#if canImport(SwiftUI)
import AngenModels
import SwiftUI

struct VoiceSection: View {
    let model: VoiceModel

    var body: some View {
        FaultSection(work: model.work, language: model.capture.session.language)
        if model.isRecording {
            say("capture.recording", symbol: "waveform")
                .foregroundStyle(.red)
                .accessibilityAddTraits(.updatesFrequently)
            WideButton(key: "capture.record_end", symbol: "stop.circle", work: model.work) {
                await model.end()
            }
        } else {
            WideButton(key: "capture.record", symbol: "mic", work: model.work) {
                await model.begin()
            }
        }
    }
}
#endif
