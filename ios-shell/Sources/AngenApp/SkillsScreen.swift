// Skills: who, then for each part of the loop one of three large answers.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct SkillsScreen: View {
    @Bindable var model: MentorModel

    private static let levels: [SkillLevel] = [.shown, .helped, .alone]

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            Picker(selection: $model.pupil) {
                ForEach(model.pupils, id: \.writer) { pupil in
                    Text(verbatim: pupil.name).tag(Optional(pupil.writer))
                }
            } label: {
                say("skill.whose")
            }
            ForEach(TrainingModel.loop, id: \.self) { skill in
                Section {
                    ForEach(Self.levels, id: \.self) { answer(skill, $0) }
                } header: {
                    say(LocalizedStringKey("agenda." + skill))
                }
            }
        }
        .navigationTitle(say("skill.title"))
    }

    private func answer(_ skill: String, _ level: SkillLevel) -> some View {
        let isMarked = model.level(of: skill) == level
        return Button {
            Task { await model.mark(skill, level) }
        } label: {
            Label {
                levelName(level).font(.title3)
            } icon: {
                Image(systemName: isMarked ? "checkmark.circle.fill" : "circle")
                    .accessibilityHidden(true)
            }
            .frame(maxWidth: .infinity, minHeight: 56, alignment: .leading)
        }
        .disabled(model.work.isBusy)
        .accessibilityAddTraits(isMarked ? .isSelected : [])
    }
}
#endif
