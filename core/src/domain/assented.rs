//! What officers assent to 确认, and a request for it in the words of a screen.

use angen_ledger::assent::AssentRequest;
use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};
use angen_ledger::value::Value;

use crate::domain::{Bilingual, Source};
use crate::error::Result;

/// Nouns that an officer assents to when no op is named: what is recorded of the facts. Ascending,
/// each with the words by which a request tells it.
pub const ASSENTED_NOUNS: &[(&str, &str, &str)] = &[
    ("answer", "检查项答案", "answers"),
    ("case", "案件的提出", "proposal of a case"),
    ("check", "检查安排", "plan of the check"),
    ("evidence", "照片等证据", "photos and other evidence"),
    ("evidence_index", "证据目录", "evidence index"),
    ("filing", "立案决定", "decision to file"),
    ("finding", "问题隐患", "findings"),
    ("hash_list", "原件校验清单", "lists of digests"),
    ("interview", "询问笔录", "interviews"),
    ("investigation", "调查结论", "conclusion of the investigation"),
    ("measure", "现场处理措施", "on-site measures"),
    ("order", "责令整改", "correction orders"),
    ("paper", "文书的签收", "signatures on papers"),
    ("preservation", "先行登记保存", "preserved evidence"),
    ("recheck", "复查", "re-checks"),
    ("record", "当事人对记录的答复", "the party's answer to the record"),
    ("training", "培训", "trainings"),
];

/// Whether ops of a noun are assented to when none is named.
#[must_use]
pub fn is_assented(noun: &str) -> bool {
    ASSENTED_NOUNS.binary_search_by(|(known, _, _)| (*known).cmp(noun)).is_ok()
}

/// What a request asks assent to, line by line: what each op is, the titles of findings, and how
/// many more there are. A noun of a newer build stands there as its word.
#[must_use]
pub fn assent_lines(request: &AssentRequest) -> Vec<Bilingual> {
    let told = request.told.iter().map(|(noun, count)| {
        let known = ASSENTED_NOUNS.iter().find(|(known, _, _)| known == noun);
        let (zh, en) = known.map_or((noun.as_str(), noun.as_str()), |(_, zh, en)| (*zh, *en));
        Bilingual { zh: format!("{zh}：{count} 条"), en: format!("{en}: {count}") }
    });
    let titles =
        request.findings.iter().map(|title| Bilingual {
            zh: format!("问题：{title}"),
            en: format!("finding: {title}"),
        });
    let more = (request.more > 0).then(|| Bilingual {
        zh: format!("另有 {} 项问题隐患，这里写不下", request.more),
        en: format!("and {} more findings that do not fit here", request.more),
    });
    told.chain(titles).chain(more).collect()
}

/// Assent that came as a signed statement, in an op of whoever carried it. What it says is not
/// believed: [`crate::procedure::carried_assents`] judges the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The entity.
    pub assent: EntityId,
    /// The op that carries it.
    pub op: Hash,
    /// Whose op.
    pub carrier: WriterId,
    /// When, by that device.
    pub carried_ms: i64,
    /// The ops that the carrier says the statement is about.
    pub ops: Vec<Hash>,
    /// The COSE message; none when it is withheld.
    pub statement: Option<Vec<u8>>,
    /// The signer's certificate, as a COSE message.
    pub certificate: Option<Vec<u8>>,
}

impl Carried {
    /// Reads what is carried on an entity: every op that ever was, since nobody who comes later
    /// takes an assent away by writing over it.
    ///
    /// # Errors
    /// What the source returns.
    pub fn read(
        source: &dyn Source,
        dossier: angen_ledger::id::DossierId,
        assent: EntityId,
    ) -> Result<Vec<Self>> {
        if source.fields(dossier, assent)?.heads("statement").is_empty() {
            return Ok(Vec::new());
        }
        let [ops, certificates] =
            ["carried", "certificate"].map(|field| source.history(dossier, assent, field));
        let (ops, certificates) = (ops?, certificates?);
        let beside = |all: &[angen_ledger::heads::Said], op: Hash| {
            all.iter().find(|said| said.head.op == op).and_then(|said| said.head.value.clone())
        };
        let bytes = |value: Option<Value>| value?.as_bytes().map(<[u8]>::to_vec);
        let carried = source.history(dossier, assent, "statement")?.into_iter().map(|said| {
            let head = said.head;
            let list = beside(&ops, head.op);
            let list = list.as_ref().and_then(Value::as_array).unwrap_or_default();
            Self {
                assent,
                op: head.op,
                carrier: head.writer,
                carried_ms: head.wall_ms,
                ops: list.iter().filter_map(|op| Hash::from_slice(op.as_bytes()?)).collect(),
                statement: bytes(head.value),
                certificate: bytes(beside(&certificates, head.op)),
            }
        });
        Ok(carried.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nouns_stand_in_order_so_that_each_is_found() {
        assert!(ASSENTED_NOUNS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(ASSENTED_NOUNS.iter().all(|(noun, _, _)| is_assented(noun)));
        assert!(!is_assented("note") && !is_assented("assent"));
    }
}
