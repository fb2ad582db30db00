// The assistance visit: the 1-2-1-1 board with its gaps, what is missing, and its checks.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import Foundation
import SwiftUI

struct VisitScreen: View {
    let model: VisitModel

    var body: some View {
        List {
            FaultSection(work: model.work, language: model.session.language)
            if let board = model.board {
                Section {
                    ForEach(board.parts, id: \.letter) { part in
                        PartLine(part: part, language: model.session.language)
                    }
                    if board.isHonestZero {
                        say("board.honest_zero").foregroundStyle(.secondary)
                    }
                } header: {
                    say("board.title")
                }
            }
            Section {
                MissingLines(
                    missing: model.lines, more: model.missing.count - model.lines.count,
                    language: model.session.language)
            } header: {
                say("missing.title")
            }
            Section {
                ForEach(model.checks.rows, id: \.dossier) { row in
                    NavigationLink {
                        Kept(CheckModel(model.session, dossier: row.dossier)) {
                            CheckScreen(model: $0)
                        }
                    } label: {
                        CheckLine(row: row)
                    }
                }
                NextPage(pages: model.checks, work: model.work)
                NavigationLink {
                    Kept(EnterprisesModel(model.session)) {
                        EnterprisesScreen(model: $0, assistance: model.dossier)
                    }
                } label: {
                    say("visit.new_check", symbol: "plus").font(.title3)
                }
            } header: {
                say("visit.checks")
            }
            Section {
                NavigationLink {
                    Kept(PreparationModel(model.session, visit: model.dossier)) {
                        PreparationScreen(model: $0)
                    }
                } label: {
                    say("prepare.title", symbol: "moon.stars")
                }
                NavigationLink {
                    Kept(
                        ReportModel(
                            model.session, visit: model.dossier,
                            in: FileManager.default.temporaryDirectory)
                    ) { ReportScreen(model: $0) }
                } label: {
                    say("report.title", symbol: "doc.richtext")
                }
                NoteLink(session: model.session, dossier: model.dossier)
                NavigationLink {
                    Kept(TrainingModel(model.session, dossier: model.dossier)) {
                        TrainingScreen(model: $0)
                    }
                } label: {
                    say("training.title", symbol: "person.3")
                }
                NavigationLink {
                    Kept(MentorModel(model.session, visit: model.dossier)) {
                        MentorScreen(model: $0)
                    }
                } label: {
                    say("mentor.title", symbol: "text.bubble")
                }
            }
        }
        .navigationTitle(say("visit.title"))
        .refreshable { await model.load() }
        .task(id: model.session.commits) { await model.load() }
    }
}

/// One part of the board: what it is, how far, and the first gap.
struct PartLine: View {
    let part: PartView
    let language: Language

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            HStack {
                Text(verbatim: language.pick(part.label)).font(.headline)
                Spacer()
                Text(verbatim: "\(part.have)/\(part.need)").font(.title3.monospacedDigit())
            }
            Text(verbatim: language.pick(part.stateLabel))
                .foregroundStyle(part.state == .met ? Color.green : Color.orange)
            if let gap = part.gap {
                Text(verbatim: language.pick(gap.label)).foregroundStyle(.secondary)
            }
        }
        .accessibilityElement(children: .combine)
    }
}

/// A check in a list: the enterprise, and how far its checklists are answered.
struct CheckLine: View {
    let row: CheckRow

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(verbatim: row.enterpriseName).font(.headline)
            Text(verbatim: row.address).foregroundStyle(.secondary)
            ForEach(row.lists, id: \.checklist) { list in
                Text(verbatim: "\(list.title) \(list.answered)/\(list.asked)")
            }
        }
        .frame(minHeight: 56)
        .accessibilityElement(children: .combine)
    }
}

/// Plans an assistance visit: the round, and who comes.
struct PlanVisitScreen: View {
    @Bindable var model: PlanVisitModel
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Form {
            Picker(selection: $model.round) {
                ForEach([1, 2, 3, 4], id: \.self) { round in
                    Text(verbatim: "\(round)").tag(round)
                }
            } label: {
                say("visit.round")
            }
            Section {
                ForEach(model.mentors, id: \.writer) { mentor in
                    Toggle(isOn: chosen(mentor.writer)) { Text(verbatim: mentor.name) }
                }
            } header: {
                say("visit.mentors")
            }
            WideButton(key: "visit.plan", symbol: "checkmark", work: model.work) {
                if await model.plan() != nil { dismiss() }
            }
        }
        .navigationTitle(say("today.plan"))
        .task { await model.load() }
    }

    private func chosen(_ mentor: WriterId) -> Binding<Bool> {
        Binding(
            get: { model.chosen.contains(mentor) },
            set: { isOn in
                if isOn { model.chosen.insert(mentor) } else { model.chosen.remove(mentor) }
            })
    }
}
#endif
