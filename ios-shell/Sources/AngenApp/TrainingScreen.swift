// Training: what it covered, and the phone goes round for attendance.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct TrainingScreen: View {
    @Bindable var model: TrainingModel

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            ForEach(model.trainings.rows, id: \.training) { row in
                AttendanceSection(model: model, training: row)
            }
            NextPage(pages: model.trainings, work: model.work)
            Section {
                Entry(key: "training.words", text: $model.title)
                Entry(key: "training.place", text: $model.place)
                Picker(selection: $model.trainer) {
                    ForEach(model.people, id: \.writer) { person in
                        Text(verbatim: person.name).tag(WriterId?.some(person.writer))
                    }
                } label: {
                    say("training.trainer")
                }
                ForEach(TrainingModel.loop, id: \.self) { tag in
                    Toggle(isOn: covered(tag)) { say(LocalizedStringKey("agenda." + tag)) }
                }
                WideButton(key: "training.record", symbol: "checkmark", work: model.work) {
                    await model.record()
                }
            } header: {
                say("training.new")
            }
        }
        .navigationTitle(say("training.title"))
        .task { await model.load() }
    }

    private func covered(_ tag: String) -> Binding<Bool> {
        Binding(
            get: { model.agenda.contains(tag) },
            set: { isOn in
                if isOn { model.agenda.insert(tag) } else { model.agenda.remove(tag) }
            })
    }
}

/// Who attended, and the PIN of who does now.
struct AttendanceSection: View {
    let model: TrainingModel
    let training: TrainingRow
    @State private var person: WriterId?
    @State private var pin = ""

    var body: some View {
        Section {
            ForEach(training.attended, id: \.writer) { attendee in
                Text(verbatim: attendee.name ?? attendee.writer)
            }
            Picker(selection: $person) {
                ForEach(model.people, id: \.writer) { person in
                    Text(verbatim: person.name).tag(WriterId?.some(person.writer))
                }
            } label: {
                say("training.attendee")
            }
            SecureField(text: $pin) { say("signin.pin") }
                .frame(minHeight: 56)
            WideButton(key: "training.attend", symbol: "hand.raised", work: model.work) {
                guard let row = model.people.first(where: { $0.writer == person }) else { return }
                let entered = pin
                pin = ""
                await model.attend(training, as: row, pin: entered)
            }
        } header: {
            Text(verbatim: training.title)
        }
    }
}
#endif
