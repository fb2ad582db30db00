// Today: visits, clocks in words, what is missing before I leave this gate, what is not sent.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct TodayScreen: View {
    let model: TodayModel

    var body: some View {
        List {
            FaultSection(work: model.work, language: model.session.language)
            if let today = model.today {
                ForEach(today.rows, id: \.dossier) { row in
                    Section {
                        NavigationLink {
                            DossierScreen(session: model.session, row: row)
                        } label: {
                            TodayLine(row: row)
                        }
                        MissingLines(
                            missing: row.missing, more: model.more(row),
                            language: model.session.language)
                        if row.conflicts > 0 { decide(row) }
                    }
                }
                if today.rows.isEmpty {
                    say("today.empty").foregroundStyle(.secondary)
                }
                ClocksSection(model: model, clocks: today.clocks)
                UnsentSection(model: model, today: today)
            } else if model.work.isBusy {
                ProgressView()
            }
            NavigationLink {
                Kept(PlanVisitModel(model.session)) { PlanVisitScreen(model: $0) }
            } label: {
                say("today.plan", symbol: "plus").font(.title3)
            }
            NavigationLink {
                Kept(SignAssentModel(model.session)) { SignAssentScreen(model: $0) }
            } label: {
                say("assent.sign_for", symbol: "qrcode.viewfinder").font(.title3)
            }
        }
        .navigationTitle(say("today.title"))
        .refreshable { await model.load() }
        .task(id: model.session.commits) { await model.load() }
    }

    private func decide(_ row: TodayRow) -> some View {
        NavigationLink {
            Kept(ConflictsModel(model.session, dossier: row.dossier)) {
                ConflictsScreen(model: $0)
            }
        } label: {
            say("today.conflicts \(Int(row.conflicts))", symbol: "arrow.triangle.branch")
                .frame(minHeight: 56)
        }
    }
}

/// One visit, check or case: what it is called, where, and how far.
struct TodayLine: View {
    let row: TodayRow

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(verbatim: row.title).font(.headline)
            Text(verbatim: row.place).foregroundStyle(.secondary)
            if !row.board.isEmpty {
                HStack(spacing: 12) {
                    ForEach(row.board.indices.map { $0 }, id: \.self) { index in
                        let part = row.board[index]
                        Text(verbatim: "\(part.have)/\(part.need)").font(.body.monospacedDigit())
                    }
                }
                .accessibilityElement(children: .combine)
                .accessibilityLabel(say("board.title"))
            }
        }
        .frame(minHeight: 56)
    }
}

/// The periods that run, what is over or ends first before the others.
struct ClocksSection: View {
    let model: TodayModel
    let clocks: [ClockView]

    var body: some View {
        if !clocks.isEmpty {
            Section {
                ForEach(clocks.indices.map { $0 }, id: \.self) { index in
                    let clock = clocks[index]
                    VStack(alignment: .leading) {
                        Text(verbatim: model.sentence(clock))
                            .foregroundStyle(clock.state == .over ? Color.red : Color.orange)
                        Text(verbatim: clock.title).foregroundStyle(.secondary)
                    }
                    .accessibilityElement(children: .combine)
                }
            } header: {
                say("today.clocks")
            }
        }
    }
}

/// What only this phone may have.
struct UnsentSection: View {
    let model: TodayModel
    let today: Today

    var body: some View {
        Section {
            let files = model.files
            say("today.files \(Int(files.receipted)) \(Int(files.named))")
            if today.unsent.records > 0 {
                say("today.records \(Int(today.unsent.records))").foregroundStyle(.orange)
            }
        } header: {
            say("today.unsent")
        }
    }
}

/// Opens whatever kind a dossier is of.
struct DossierScreen: View {
    let session: Session
    let row: TodayRow

    var body: some View {
        if row.kind == "assistance" {
            Kept(VisitModel(session, dossier: row.dossier)) { VisitScreen(model: $0) }
        } else {
            Kept(CheckModel(session, dossier: row.dossier)) { CheckScreen(model: $0) }
        }
    }
}
#endif
