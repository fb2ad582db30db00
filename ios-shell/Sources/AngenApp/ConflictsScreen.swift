// Conflicts: every value with who wrote it, and a button to decide for one.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import SwiftUI

struct ConflictsScreen: View {
    @Bindable var model: ConflictsModel

    private var language: Language { model.session.language }

    var body: some View {
        Form {
            FaultSection(work: model.work, language: language)
            if let undecided = model.undecided {
                if undecided.conflicts.isEmpty && undecided.collisions.isEmpty {
                    say("conflict.none", symbol: "checkmark.circle").foregroundStyle(.green)
                } else {
                    Entry(key: "conflict.reason", text: $model.reason)
                }
                ForEach(undecided.conflicts.indices.map { $0 }, id: \.self) { index in
                    ConflictSection(model: model, conflict: undecided.conflicts[index])
                }
                ForEach(undecided.collisions.indices.map { $0 }, id: \.self) { index in
                    CollisionSection(model: model, collision: undecided.collisions[index])
                }
            }
        }
        .navigationTitle(say("conflict.title"))
        .task(id: model.session.commits) { await model.load() }
    }
}

/// A field with values that differ.
struct ConflictSection: View {
    let model: ConflictsModel
    let conflict: ConflictView

    private var language: Language { model.session.language }

    var body: some View {
        Section {
            if let because = conflict.because {
                Text(verbatim: language.pick(because)).foregroundStyle(.secondary)
            }
            ForEach(conflict.values, id: \.author.op) { claim in
                Decision(
                    model: model, author: claim.author, words: language.pick(claim.value),
                    holds: claim.holds)
            }
        } header: {
            Text(verbatim: "\(conflict.title) \(language.pick(conflict.fieldLabel))")
        }
    }
}

/// Two transitions that collided.
struct CollisionSection: View {
    let model: ConflictsModel
    let collision: CollisionView

    var body: some View {
        Section {
            decision(collision.holds, holds: true)
            decision(collision.yields, holds: false)
        } header: {
            Text(verbatim: collision.title)
        }
    }

    private func decision(_ move: MoveView, holds: Bool) -> some View {
        Decision(
            model: model, author: move.author, words: model.session.language.pick(move.label),
            holds: holds)
    }
}

/// One value: what, who, when, and the button to decide for it.
struct Decision: View {
    let model: ConflictsModel
    let author: Author
    let words: String
    let holds: Bool

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(verbatim: words).font(.headline)
            Text(verbatim: author.name ?? author.writer)
            Text(date(author.claimedMs), style: .time).foregroundStyle(.secondary)
            if holds { say("conflict.holds").foregroundStyle(.orange) }
        }
        .accessibilityElement(children: .combine)
        WideButton(key: "conflict.decide", symbol: "checkmark.seal", work: model.work) {
            await model.decide(for: author)
        }
    }
}
#endif
