// Enterprises: two characters or pinyin find one; a check is planned from there.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct EnterprisesScreen: View {
    @Bindable var model: EnterprisesModel
    let assistance: DossierId?

    var body: some View {
        List {
            FaultSection(work: model.work, language: model.session.language)
            ForEach(model.found.rows, id: \.enterprise) { row in
                NavigationLink {
                    Kept(
                        PlanCheckModel(
                            model.session, enterprise: row.enterprise, assistance: assistance)
                    ) { PlanCheckScreen(model: $0) }
                } label: {
                    VStack(alignment: .leading) {
                        Text(verbatim: row.name).font(.headline)
                        Text(verbatim: row.creditCode ?? "").foregroundStyle(.secondary)
                    }
                    .frame(minHeight: 56)
                    .accessibilityElement(children: .combine)
                }
            }
            NextPage(pages: model.found, work: model.work)
            NavigationLink {
                RegisterScreen(model: model)
            } label: {
                say("enterprise.new", symbol: "plus").font(.title3)
            }
        }
        .searchable(text: $model.words, prompt: say("enterprise.find"))
        .navigationTitle(say("enterprise.title"))
        .task(id: model.words) { await model.search() }
    }
}

/// Registers an enterprise.
struct RegisterScreen: View {
    @Bindable var model: EnterprisesModel
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            Entry(key: "enterprise.name", text: $model.name)
            Entry(key: "enterprise.code", text: $model.creditCode)
            if model.creditCode.isEmpty {
                Entry(key: "enterprise.no_code", text: $model.noCodeReason)
            }
            Entry(key: "enterprise.address", text: $model.address)
            Entry(key: "enterprise.head", text: $model.representative)
            WideButton(key: "enterprise.register", symbol: "checkmark", work: model.work) {
                if await model.register() != nil { dismiss() }
            }
        }
        .navigationTitle(say("enterprise.new"))
    }
}

/// Plans a check at an enterprise: which checklists, which papers.
struct PlanCheckScreen: View {
    @Bindable var model: PlanCheckModel
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            Section {
                ForEach(model.checklists.rows, id: \.checklist) { row in
                    Toggle(isOn: chosen(row.checklist)) { Text(verbatim: row.title) }
                        .frame(minHeight: 56)
                }
                NextPage(pages: model.checklists, work: model.work)
            } header: {
                say("check.lists")
            }
            Entry(key: "check.approval", text: $model.approvalNo)
            Entry(key: "check.notice", text: $model.noticeNo)
            WideButton(key: "check.plan", symbol: "checkmark", work: model.work) {
                if await model.plan() != nil { dismiss() }
            }
        }
        .navigationTitle(say("visit.new_check"))
        .task { await model.load() }
    }

    private func chosen(_ list: EntityId) -> Binding<Bool> {
        Binding(
            get: { model.chosen.contains(list) },
            set: { isOn in
                if isOn { model.chosen.insert(list) } else { model.chosen.remove(list) }
            })
    }
}
#endif
