// A checklist: one large button for each answer, and the questions follow at once.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct ChecklistScreen: View {
    let model: ChecklistModel

    var body: some View {
        List {
            FaultSection(work: model.work, language: model.session.language)
            if let state = model.state {
                ProgressView(value: Double(state.answered), total: Double(max(state.asked, 1)))
                    .accessibilityLabel(
                        say("checklist.progress \(Int(state.answered)) \(Int(state.asked))"))
            }
            ForEach(model.questions) { question in
                QuestionView(model: model, question: question)
            }
        }
        .navigationTitle(Text(verbatim: model.form?.title ?? ""))
        .task { await model.load() }
    }
}

/// One question with its answers.
struct QuestionView: View {
    let model: ChecklistModel
    let question: Question
    @State private var words = ""

    private var language: Language { model.session.language }

    var body: some View {
        switch question.item.kind {
        case .group:
            Text(verbatim: language.pick(question.item.label))
                .font(.title3)
                .accessibilityAddTraits(.isHeader)
        case .selectOne:
            asked { choices }
            if question.state.answer != nil { raise }
        case .note:
            Text(verbatim: language.pick(question.item.label))
        default:
            asked { entry }
        }
    }

    private func asked(@ViewBuilder _ answer: () -> some View) -> some View {
        VStack(alignment: .leading, spacing: 8) {
            Text(verbatim: language.pick(question.item.label)).font(.headline)
            if let basis = question.item.legalBasis {
                Text(verbatim: basis).font(.footnote).foregroundStyle(.secondary)
            }
            if question.state.isConflict {
                say("checklist.conflict").foregroundStyle(.orange)
            }
            if let problem = question.state.problem {
                Text(verbatim: language.pick(problem)).foregroundStyle(.red)
            }
            answer()
            ForEach(model.voices[question.id] ?? [], id: \.evidence) { row in
                EvidenceLink(session: model.session, dossier: model.dossier, row: row)
            }
        }
    }

    private var choices: some View {
        ForEach(question.item.choices, id: \.name) { choice in
            Button {
                Task { await model.answer(question, with: choice.name) }
            } label: {
                Text(verbatim: language.pick(choice.label))
                    .font(.title3)
                    .frame(maxWidth: .infinity, minHeight: 56)
            }
            .buttonStyle(.bordered)
            .tint(question.state.answer == choice.name ? Color.green : nil)
            .accessibilityAddTraits(question.state.answer == choice.name ? [.isSelected] : [])
            .disabled(model.work.isBusy)
        }
    }

    /// Offered on whatever was answered: whether it is a finding, the officer judges.
    private var raise: some View {
        NavigationLink {
            Kept(FindingModel(model.session, dossier: model.dossier)) {
                RaiseScreen(model: $0, checklist: model.checklist, item: question.item)
            }
        } label: {
            say("finding.new", symbol: "exclamationmark.triangle").frame(minHeight: 56)
        }
    }

    private var entry: some View {
        HStack {
            TextField(text: $words) { Text(verbatim: language.pick(question.item.label)) }
                .frame(minHeight: 56)
            Button {
                Task { await model.answer(question, with: words) }
            } label: {
                say("checklist.keep")
            }
            .buttonStyle(.bordered)
            .controlSize(.large)
            .disabled(words.isEmpty || model.work.isBusy)
        }
    }
}
#endif
