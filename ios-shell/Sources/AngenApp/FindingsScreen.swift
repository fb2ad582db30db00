// Findings: each with its elements, and the evidence that it still needs.

#if canImport(SwiftUI)
import AngenCore
import AngenHost
import AngenModels
import SwiftUI

struct FindingsScreen: View {
    let model: FindingModel

    var body: some View {
        List {
            FaultSection(work: model.work, language: model.session.language)
            ForEach(model.findings.rows, id: \.finding) { row in
                Section {
                    FindingDetail(model: model, row: row)
                    NavigationLink {
                        Kept(
                            CaptureModel(
                                model.session, dossier: model.dossier, about: row.finding,
                                device: thisDevice())
                        ) { CaptureScreen(model: $0) }
                    } label: {
                        say("finding.capture", symbol: "camera").frame(minHeight: 56)
                    }
                    NoteLink(
                        session: model.session, dossier: model.dossier, about: row.finding)
                    if !row.isRetracted {
                        NavigationLink {
                            Kept(
                                CorrectModel(model.session, dossier: model.dossier, row: row)
                            ) { CorrectScreen(model: $0) }
                        } label: {
                            say("correct.title", symbol: "pencil").frame(minHeight: 56)
                        }
                    }
                    NavigationLink {
                        Kept(
                            MeasureModel(
                                model.session, dossier: model.dossier, finding: row.finding)
                        ) { MeasureScreen(model: $0) }
                    } label: {
                        say("measure.title", symbol: "hand.raised").frame(minHeight: 56)
                    }
                }
            }
            NextPage(pages: model.findings, work: model.work)
            if model.findings.rows.isEmpty {
                say("finding.none").foregroundStyle(.secondary)
            }
        }
        .navigationTitle(say("finding.title"))
        .refreshable { await model.load() }
        .task(id: model.session.commits) { await model.load() }
    }
}

/// One finding: what is wrong, by which law, what was told, and what it lacks.
struct FindingDetail: View {
    let model: FindingModel
    let row: FindingRow

    private var language: Language { model.session.language }

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(verbatim: row.title).font(.headline)
            Text(verbatim: row.legalBasis).font(.footnote).foregroundStyle(.secondary)
            Text(verbatim: language.pick(row.consequenceLabel))
            if let hazard = row.majorHazard {
                Text(verbatim: hazard).foregroundStyle(.red)
            }
        }
        .accessibilityElement(children: .combine)
        ForEach(row.elements, id: \.code) { element in
            VStack(alignment: .leading) {
                Text(verbatim: language.pick(element.label))
                    .font(.footnote)
                    .foregroundStyle(.secondary)
                if let words = element.words {
                    Text(verbatim: words)
                } else {
                    say("finding.not_told").foregroundStyle(.orange)
                }
            }
            .accessibilityElement(children: .combine)
        }
        MissingLines(missing: row.lacks, more: 0, language: language)
    }
}
#endif
