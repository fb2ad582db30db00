// Documents: what the form lacks, told first; then its pages, to print and share.

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
                WideButton(key: "document.make", symbol: "printer", work: model.work) {
                    await model.print(into: FileManager.default.temporaryDirectory.path)
                }
            } header: {
                say("document.lacks")
            }
            if let printed = model.printed {
                ForEach(printed.files.map(\.path), id: \.self) { path in
                    ShareLink(item: URL(fileURLWithPath: path)) { say("document.share") }
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
