// The night before a visit: what is missing, each site with its history, and who is to learn what.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct PreparationScreen: View {
    let model: PreparationModel

    private var language: Language { model.session.language }

    var body: some View {
        List {
            FaultSection(work: model.work, language: language)
            Section {
                MissingLines(missing: model.missing, more: 0, language: language)
            } header: {
                say("missing.title")
            }
            ForEach(model.sites, id: \.check.dossier) { SiteSection(site: $0) }
            Section {
                say("prepare.certified \(model.certified)")
                ForEach(model.pupils, id: \.officer.writer) { pupil in
                    VStack(alignment: .leading, spacing: 4) {
                        OfficerLine(pupil.officer)
                        ForEach(pupil.toTeach, id: \.self) { part in
                            say(LocalizedStringKey("agenda." + part)).foregroundStyle(.secondary)
                        }
                        if pupil.toTeach.isEmpty {
                            say("prepare.all_alone").foregroundStyle(.green)
                        }
                    }
                    .accessibilityElement(children: .combine)
                }
            } header: {
                say("prepare.pupils")
            }
        }
        .navigationTitle(say("prepare.title"))
        .refreshable { await model.load() }
        .task(id: model.session.commits) { await model.load() }
    }
}

/// One site: what was found there before, and what of it is not corrected yet.
struct SiteSection: View {
    let site: SiteAhead

    var body: some View {
        Section {
            CheckLine(row: site.check)
            ForEach(site.earlier, id: \.check.dossier) { earlier in
                VStack(alignment: .leading, spacing: 4) {
                    Text(date(earlier.check.openedMs), style: .date).font(.headline)
                    ForEach(earlier.findings, id: \.finding) { Text(verbatim: $0.title) }
                    ForEach(earlier.uncorrected, id: \.finding) { item in
                        say("prepare.uncorrected").foregroundStyle(.red)
                        Text(verbatim: item.title).foregroundStyle(.red)
                    }
                }
                .accessibilityElement(children: .combine)
            }
            if site.earlier.isEmpty {
                say("prepare.first_time").foregroundStyle(.secondary)
            }
        }
    }
}
#endif
