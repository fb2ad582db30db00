// One check: certificates shown, checklists, findings, evidence, and the record at its end.

#if canImport(SwiftUI)
import AngenCore
import AngenHost
import AngenModels
import SwiftUI

struct CheckScreen: View {
    let model: CheckModel
    @State private var shownTo = ""

    var body: some View {
        List {
            FaultSection(work: model.work, language: model.session.language)
            if let check = model.check {
                CheckLine(row: check)
                Section {
                    ForEach(check.shownBy, id: \.self) { Text(verbatim: $0) }
                    Entry(key: "check.shown_to", text: $shownTo)
                    WideButton(
                        key: "check.show", symbol: "person.text.rectangle", work: model.work
                    ) {
                        await model.showCertificates(to: shownTo)
                    }
                } header: {
                    say("check.certificates")
                }
                lists(check)
                work
            }
            Section {
                MissingLines(
                    missing: Array(model.missing.prefix(3)), more: model.missing.count - 3,
                    language: model.session.language)
            } header: {
                say("missing.title")
            }
        }
        .navigationTitle(say("check.title"))
        .refreshable { await model.load() }
        .task(id: model.session.commits) { await model.load() }
    }

    private func lists(_ check: CheckRow) -> some View {
        Section {
            ForEach(check.lists, id: \.checklist) { list in
                NavigationLink {
                    Kept(
                        ChecklistModel(
                            model.session, dossier: model.dossier, checklist: list.checklist)
                    ) { ChecklistScreen(model: $0) }
                } label: {
                    Text(verbatim: "\(list.title) \(list.answered)/\(list.asked)")
                        .frame(minHeight: 56)
                }
            }
        } header: {
            say("check.lists")
        }
    }

    private var work: some View {
        Section {
            NavigationLink {
                Kept(FindingModel(model.session, dossier: model.dossier)) {
                    FindingsScreen(model: $0)
                }
            } label: {
                say("finding.title", symbol: "exclamationmark.triangle").frame(minHeight: 56)
            }
            NavigationLink {
                Kept(MeasureModel(model.session, dossier: model.dossier, finding: nil)) {
                    MeasureScreen(model: $0)
                }
            } label: {
                say("measure.title", symbol: "hand.raised").frame(minHeight: 56)
            }
            NavigationLink {
                Kept(OrdersModel(model.session, dossier: model.dossier)) {
                    OrdersScreen(model: $0)
                }
            } label: {
                say("order.title", symbol: "doc.badge.clock").frame(minHeight: 56)
            }
            NavigationLink {
                Kept(
                    CaptureModel(
                        model.session, dossier: model.dossier, about: nil, device: thisDevice())
                ) { CaptureScreen(model: $0) }
            } label: {
                say("capture.title", symbol: "camera").frame(minHeight: 56)
            }
            NoteLink(session: model.session, dossier: model.dossier)
            NavigationLink {
                Kept(AssentModel(model.session, dossier: model.dossier)) { assent in
                    Kept(PartyModel(model.session, dossier: model.dossier)) {
                        AssentScreen(assent: assent, party: $0)
                    }
                }
            } label: {
                say("assent.title", symbol: "signature").frame(minHeight: 56)
            }
        }
    }
}
#endif
