// The expert pool: which mentor, what kind of expert, by whom and for how long.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct ExpertScreen: View {
    @Bindable var model: ExpertModel

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            if let appointed = model.appointed {
                Section {
                    say("expert.appointed", symbol: "checkmark.seal").foregroundStyle(.green)
                    Text(verbatim: appointed.name)
                }
            }
            say(model.mentors.isEmpty ? "expert.none" : "expert.what").foregroundStyle(.secondary)
            Picker(selection: $model.chosen) {
                ForEach(model.mentors, id: \.officer) { mentor in
                    Text(verbatim: mentor.name).tag(Optional(mentor.officer))
                }
            } label: {
                say("role.mentor")
            }
            Picker(selection: $model.kind) {
                say("expert.city").tag(ExpertKind.city)
                say("expert.district").tag(ExpertKind.district)
                say("expert.technical").tag(ExpertKind.technical)
            } label: {
                say("expert.kind")
            }
            Section {
                Entry(key: "expert.by", text: $model.appointedBy)
                Entry(key: "expert.specialties", text: $model.specialties)
                Entry(key: "expert.from", text: $model.from)
                Entry(key: "expert.until", text: $model.until)
                WideButton(key: "expert.appoint", symbol: "checkmark", work: model.work) {
                    await model.appoint()
                }
            }
        }
        .navigationTitle(say("expert.title"))
        .task { await model.load() }
    }
}
#endif
