//! Two phones walk about for a while, meet now and then, and somebody decides: never a lost op,
//! always the worse until then, and nothing is left when everything was decided.

use angen_core::action::{ConflictList, fsck, record_recheck, retract, set_answers, take_measure};
use angen_core::desk::Desk;
use angen_core::domain::{Answer, Consequence, RecheckOutcome, WORST_ORDER, read_all};
use angen_core::store;
use angen_ledger::hash::Hash;
use angen_testing::follow_up::{measure, recheck};
use angen_testing::township::Township;

use crate::phones::{Phones, decide, lead_to};

/// Numbers from a seed, one after the other (splitmix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }
}

const SEEDS: u64 = 12;
const STEPS: usize = 14;

/// One act of a phone, chosen by chance. A verb that refuses has written nothing.
fn act(desk: &Desk<'_>, town: &Township, phones: &Phones, draw: &mut Draw) {
    let check = phones.check;
    match draw.below(5) {
        0 => lead_to(desk, town, Consequence::ALL[draw.below(3)]),
        1 => {
            let day = format!("2026-12-{:02}", 9 + draw.below(3));
            let mut request =
                recheck(town, phones.follow_up.order, RecheckOutcome::ALL[draw.below(3)]);
            request.rechecked_on = day;
            record_recheck(desk, &request).unwrap();
        }
        2 => drop(retract(desk, check, town.cast.finding, "看错了").unwrap()),
        3 => drop(take_measure(desk, &measure(town)).unwrap()),
        _ => {
            let value = WORST_ORDER[draw.below(4)];
            let answers = town.answers(&[("MW01", value)], Some("再看一遍"));
            set_answers(desk, &answers).unwrap();
        }
    }
}

/// Every op that is named in a list.
fn named(list: &ConflictList) -> Vec<Hash> {
    let values = list.conflicts.iter().flat_map(|view| &view.authors);
    let moves = list.collisions.iter().flat_map(|view| [&view.holds, &view.yields]);
    values.chain(moves).map(|author| author.op).collect()
}

/// What the list says holds is what the noun reads.
fn assert_worst_holds(phones: &Phones, list: &ConflictList) {
    for view in &list.conflicts {
        let conflict = &view.conflict;
        let text = |claim: &angen_core::procedure::Claim| -> Option<String> {
            Some(claim.head.value.as_ref()?.as_text()?.to_owned())
        };
        let values: Vec<String> = conflict.values.iter().filter_map(text).collect();
        match conflict.field.as_str() {
            "consequence" => {
                let all = values.iter().filter_map(|word| Consequence::from_word(word));
                assert_eq!(Some(phones.finding().consequence), all.max());
            }
            "value" => {
                let worst = WORST_ORDER.iter().find(|word| values.iter().any(|v| v == *word));
                let all: Vec<Answer> =
                    phones.one.store.read(|read| read_all(read, phones.check)).unwrap();
                let answer = all.iter().find(|answer| answer.answer == conflict.entity).unwrap();
                assert_eq!(Some(&answer.value.as_str()), worst);
            }
            other => panic!("nothing here writes {other}"),
        }
    }
}

fn walk(seed: u64) -> usize {
    let phones = Phones::new();
    let mut draw = Draw(seed);
    let (mut most, mut seen): (usize, Vec<Hash>) = (0, Vec::new());
    for _ in 0..STEPS {
        match draw.below(4) {
            0 => {
                let list = phones.meet();
                assert_worst_holds(&phones, &list);
                most = most.max(list.conflicts.len() + list.collisions.len());
                seen.extend(named(&list));
            }
            1 => act(&phones.wang(), &phones.one, &phones, &mut draw),
            _ => act(&phones.li(), &phones.two, &phones, &mut draw),
        }
    }
    let mut list = phones.meet();
    // Each decision settles something, so this ends.
    for round in 0.. {
        let open = named(&list);
        let Some(op) = open.first() else { break };
        assert!(round < 40, "seed {seed} is not settled: {list:?}");
        seen.push(decide(&phones.wang(), phones.check, *op).unwrap());
        list = phones.meet();
    }
    for op in seen {
        assert!(phones.two.store.read(|read| store::has_op(read, op)).unwrap());
    }
    assert_eq!(fsck(&phones.two.store).unwrap().problems, []);
    most
}

#[test]
fn two_phones_walk_about_and_a_person_can_always_settle_everything() {
    let most = (0..SEEDS).map(walk).max();
    assert!(most > Some(1), "the walks made conflicts worth the name: {most:?}");
}
