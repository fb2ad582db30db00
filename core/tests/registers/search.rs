//! The search finds exactly what a walk through all enterprises finds, in pages of any size.

use angen_core::action::{RegisterEnterprise, find_enterprises, rebuild, register_enterprise};
use angen_core::domain::{Enterprise, FindName, FindWords, read_all};
use angen_testing::picture::picture;
use angen_testing::township::Township;
use proptest::prelude::*;

fn enterprise(name: &str) -> RegisterEnterprise {
    RegisterEnterprise {
        name: name.to_owned(),
        credit_code: None,
        no_code_reason: Some("个体摊点".to_owned()),
        address: "涛雒镇".to_owned(),
        representative: None,
        industry: None,
    }
}

/// What is found, over pages of a size.
fn found(town: &Township, words: &str, size: usize) -> Vec<String> {
    let (mut names, mut after) = (Vec::new(), None);
    loop {
        let page = find_enterprises(&town.store, words, after, size).unwrap();
        assert!(page.found.len() <= size);
        names.extend(page.found.into_iter().map(|found| found.name));
        after = page.next;
        if after.is_none() {
            return names;
        }
    }
}

/// What a walk through the register finds.
fn walked(town: &Township, words: &str) -> Vec<String> {
    let all: Vec<Enterprise> = town.store.read(|read| read_all(read, town.place.register)).unwrap();
    let words = FindWords::parse(words);
    let fits =
        |known: &Enterprise| words.fit(&FindName::of(&known.name), known.credit_code.as_deref());
    all.into_iter().filter(fits).map(|known| known.name).collect()
}

#[test]
fn an_enterprise_is_found_by_characters_initials_pinyin_and_code() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), 6);
    let admin = town.desk(town.place.administrator);
    for name in ["岚山长兴粮油厂", "ABC化工厂", "（日照）绿野食品厂"] {
        register_enterprise(&admin, &enterprise(name)).unwrap();
    }
    for (words, expected) in [
        ("机械", &["日照样例机械加工有限公司"][..]),
        ("jxjg", &["日照样例机械加工有限公司"]),
        ("91371102ma", &["日照样例机械加工有限公司"]),
        ("zhangxing", &["岚山长兴粮油厂"]),
        ("changxing 粮", &["岚山长兴粮油厂"]),
        ("abchg", &["ABC化工厂"]),
        ("lvye", &["（日照）绿野食品厂"]),
        ("日照", &["日照样例机械加工有限公司", "（日照）绿野食品厂"]),
        ("厂 c", &["岚山长兴粮油厂", "ABC化工厂", "（日照）绿野食品厂"]),
        ("械机", &[]),
        ("\" OR 0日照*", &[]),
    ] {
        assert_eq!(found(&town, words, 1), expected, "{words}");
        assert_eq!(walked(&town, words), expected, "{words}");
    }
    let before = picture(&town.store).unwrap();
    rebuild(&town.store).unwrap();
    assert_eq!(picture(&town.store).unwrap().digest, before.digest);
    assert_eq!(found(&town, "rizhao", 9).len(), 2);
}

proptest! {
    // A database for each case; `PROPTEST_CASES` asks for more.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn what_is_found_is_what_a_walk_finds(
        names in prop::collection::vec("[日照长行绿重啊乐A1b（械]{1,9}", 1..8),
        questions in prop::collection::vec("([日照长行绿重啊乐械]{1,3}|[rzchxlvyuangbe91]{1,7}| ){1,3}", 12),
        size in 1..4_usize,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let town = Township::build(folder.path(), 7);
        let admin = town.desk(town.place.administrator);
        for name in &names {
            register_enterprise(&admin, &enterprise(name)).unwrap();
        }
        let parts = names.iter().map(|name| FindName::of(name).readings);
        let spelled = parts.map(|readings| readings.iter().map(|r| r[r.len() - 1].clone()).collect::<String>());
        for words in questions.into_iter().chain(spelled) {
            prop_assert_eq!(found(&town, &words, size), walked(&town, &words), "{}", words);
        }
    }
}
