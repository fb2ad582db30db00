// The mentor's view: comments, the officers' answers to them, and skills.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct MentorScreen: View {
    @Bindable var model: MentorModel

    var body: some View {
        List {
            FaultSection(work: model.work, language: model.session.language)
            if let teaching = model.teaching {
                Section {
                    ForEach(teaching.comments, id: \.comment) { comment in
                        CommentView(model: model, comment: comment)
                    }
                    if teaching.keptBack > 0 {
                        say("mentor.kept_back \(Int(teaching.keptBack))")
                            .foregroundStyle(.secondary)
                    }
                    if teaching.comments.isEmpty {
                        say("mentor.no_comments").foregroundStyle(.secondary)
                    }
                } header: {
                    say("mentor.comments")
                }
                Section {
                    ForEach(teaching.skills, id: \.mark) { mark in
                        HStack {
                            say(LocalizedStringKey("agenda." + mark.skill))
                            Spacer()
                            levelName(mark.level)
                        }
                        .accessibilityElement(children: .combine)
                    }
                    NavigationLink {
                        SkillsScreen(model: model)
                    } label: {
                        say("skill.title", symbol: "checklist").frame(minHeight: 56)
                    }
                } header: {
                    say("mentor.skills")
                }
            }
            Section {
                Entry(key: "mentor.text", text: $model.text)
                WideButton(key: "mentor.comment", symbol: "text.bubble", work: model.work) {
                    await model.comment(on: model.visit, in: model.visit)
                }
                WideButton(key: "mentor.release", symbol: "eye", work: model.work) {
                    await model.release()
                }
            }
        }
        .navigationTitle(say("mentor.title"))
        .task(id: model.session.commits) { await model.load() }
    }

}

/// How far an officer has come, in words.
@MainActor
func levelName(_ level: SkillLevel) -> Text {
    switch level {
    case .shown: say("skill.shown")
    case .helped: say("skill.helped")
    case .alone: say("skill.alone")
    }
}

/// A comment, and its answer or the buttons for one.
struct CommentView: View {
    let model: MentorModel
    let comment: Comment
    @State private var because = ""

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            Text(verbatim: comment.text)
            if let answer = comment.answer {
                say(answer.adopted ? "mentor.adopted" : "mentor.not_adopted")
                    .foregroundStyle(.secondary)
                if let reason = answer.reason { Text(verbatim: reason) }
            } else {
                WideButton(key: "mentor.adopt", symbol: "checkmark", work: model.work) {
                    await model.answer(comment, .adopted)
                }
                Entry(key: "mentor.because", text: $because)
                WideButton(key: "mentor.reject", symbol: "xmark", work: model.work) {
                    await model.answer(comment, .notAdopted(because: because))
                }
            }
        }
    }
}
#endif
