// Documents: what the form lacks and what would stand on it; then its pages, to print and share.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import Foundation
import SwiftUI

struct DocumentsScreen: View {
    @Bindable var model: DocumentsModel

    private var language: Language { model.session.language }

    var body: some View {
        SwiftUI.Form {
            FaultSection(work: model.work, language: language)
            Picker(selection: $model.form) {
                ForEach(AngenCore.Form.allCases, id: \.self) { form in
                    name(form).tag(form)
                }
            } label: {
                say("document.form")
            }
            Section {
                ForEach(model.lacks.indices.map { $0 }, id: \.self) { index in
                    Text(
                        verbatim: language.pick(
                            zh: model.lacks[index].zh, en: model.lacks[index].en)
                    )
                    .foregroundStyle(.orange)
                }
                ForEach(model.asked, id: \.place) { lack in
                    TextField(text: words(of: lack.place)) {
                        Text(verbatim: language.pick(zh: lack.zh, en: lack.en))
                    }
                    .frame(minHeight: 56)
                }
                if !model.asked.isEmpty {
                    WideButton(key: "document.look", symbol: "arrow.clockwise", work: model.work) {
                        await model.load()
                    }
                }
                if model.needsNumbers {
                    Entry(key: "document.region", text: $model.region)
                    WideButton(key: "document.reserve", symbol: "number", work: model.work) {
                        await model.reserve()
                    }
                }
            } header: {
                say("document.lacks")
            }
            if let seen = model.seen { preview(seen) }
            Section {
                WideButton(key: "document.make", symbol: "printer", work: model.work) {
                    await model.print(into: FileManager.default.temporaryDirectory.path)
                }
                ForEach((model.printed?.files ?? []).map(\.path), id: \.self) { path in
                    let file = URL(fileURLWithPath: path)
                    ShareLink(item: file) { Text(verbatim: file.lastPathComponent) }
                }
            }
            ForEach(model.documents.rows, id: \.document) { row in
                VStack(alignment: .leading) {
                    Text(verbatim: language.pick(zh: row.titleZh, en: row.titleEn))
                    Text(verbatim: row.number ?? row.provisional ?? "").foregroundStyle(.secondary)
                }
                .accessibilityElement(children: .combine)
            }
            NextPage(pages: model.documents, work: model.work)
        }
        .navigationTitle(say("document.title"))
        .task(id: model.form) { await model.load() }
    }

    /// What stands in each field, before its number is used; what is lacking stands out.
    private func preview(_ seen: DocumentPreview) -> some View {
        Section {
            if seen.document == nil { say("document.draft").foregroundStyle(.orange) }
            ForEach(seen.lines.indices.map { $0 }, id: \.self) { index in
                let line = seen.lines[index]
                VStack(alignment: .leading) {
                    Text(verbatim: language.pick(line.label))
                        .font(.footnote)
                        .foregroundStyle(.secondary)
                    if line.isLacking {
                        say("document.lacking").foregroundStyle(.red)
                    } else if line.text.isEmpty {
                        say("document.pen").foregroundStyle(.secondary)
                    } else {
                        Text(verbatim: line.text).textSelection(.enabled)
                    }
                }
                .accessibilityElement(children: .combine)
            }
        } header: {
            say("document.preview")
        }
    }

    private func words(of place: String) -> Binding<String> {
        Binding(get: { model.given[place] ?? "" }, set: { model.given[place] = $0 })
    }

    private func name(_ form: AngenCore.Form) -> Text {
        switch form {
        case .inspectionNotice: say("form.inspection_notice")
        case .siteRecord: say("form.site_record")
        case .correctionOrder: say("form.correction_order")
        case .recheckOpinion: say("form.recheck_opinion")
        case .interviewRecord: say("form.interview_record")
        case .filingApproval: say("form.filing_approval")
        case .evidencePages: say("form.evidence_pages")
        }
    }
}
#endif
