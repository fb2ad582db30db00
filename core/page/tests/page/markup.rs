//! The page as a browser takes it: well-formed, self-contained, escaped, one language.

use std::collections::BTreeSet;

use angen_ledger::verify::Lang;
use percent_encoding::percent_decode_str;
use scraper::Html;

use crate::support::{attributes, open, page, texts};
use crate::visit::{HOSTILE, all_kinds, visit};

#[test]
fn a_parser_finds_no_error_and_every_link_leads_somewhere() {
    for lang in [Lang::Zh, Lang::En] {
        let world = all_kinds(lang);
        let (opened, memory) = open(&world.package(), None);
        let html = angen_page::render(&opened, lang);
        assert_eq!(Html::parse_document(&html).errors, Vec::<String>::new());
        let ids = attributes(&html, "id");
        let known: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(known.len(), ids.len(), "an id stands twice: {ids:?}");
        let links = [attributes(&html, "src"), attributes(&html, "href")].concat();
        assert!(links.iter().filter(|link| link.starts_with("originals/")).count() >= 5);
        for link in links {
            if let Some(anchor) = link.strip_prefix('#') {
                assert!(ids.iter().any(|id| id == anchor), "{link}");
                continue;
            }
            let path = link.strip_prefix("originals/").expect("a link leads to an original");
            let name = percent_decode_str(path).decode_utf8().unwrap();
            assert!(memory.files.contains_key(name.as_ref()), "{name}");
        }
    }
}

#[test]
fn the_originals_come_out_as_they_went_in() {
    let (_, memory) = open(&visit(Lang::Zh).package(), None);
    let photo = angen_samples::bytes_of(angen_samples::Role::WidePhoto, 1);
    assert!(memory.files.values().any(|file| *file == photo));
    assert_eq!(memory.files.len(), 6);
    assert_eq!(memory.kept, Some(true));
}

#[test]
fn nothing_is_fetched_and_no_script_runs() {
    let html = page(&visit(Lang::Zh).package(), None, Lang::Zh);
    assert!(!html.contains("http://") && !html.contains("https://") && !html.contains("@import"));
    for element in ["script", "link", "iframe", "object", "form"] {
        assert!(texts(&html, element).is_empty(), "{element}");
    }
    let captions = texts(&html, ".caption");
    assert!(captions.iter().any(|caption| caption == HOSTILE), "{captions:?}");
    assert!(!html.contains("<script") && html.contains("&#60;script&#62;"));
    assert!(attributes(&html, "onclick").is_empty() && attributes(&html, "onerror").is_empty());
}

#[test]
fn the_english_page_has_no_chinese_word_of_its_own() {
    let mut world = all_kinds(Lang::En);
    world.withhold("record.sign/1", "signer");
    let package = world.package();
    let damaged = &package[..package.len() - 200];
    for html in [page(&package, None, Lang::En), page(damaged, None, Lang::En)] {
        // The only Chinese data of this visit is the organisation in its certificates.
        let html = html.replace("涛雒镇应急管理办公室", "");
        let style = html.find("<style>").unwrap()..html.find("</style>").unwrap();
        let rest = format!("{}{}", &html[..style.start], &html[style.end..]);
        let chinese: String =
            rest.chars().filter(|c| ('\u{3000}'..='\u{ffee}').contains(c)).collect();
        assert_eq!(chinese, "");
        assert!(html.contains(r#"<html lang="en">"#));
    }
}

#[test]
fn the_chinese_page_has_no_english_word_of_its_own() {
    let mut world = visit(Lang::Zh);
    world.withhold("record.sign/1", "signer");
    let package = world.package();
    let damaged = &package[..package.len() - 200];
    // Names of digests and units, and what this visit's data has in Latin letters.
    let permitted = [
        "angen", "verify", "root", "SHA", "KiB", "rizhao", "script", "alert", "MAHK", "note", "pdf",
    ];
    for html in [page(&package, None, Lang::Zh), page(damaged, None, Lang::Zh)] {
        let body = texts(&html, "body").remove(0);
        let words = body.split(|c: char| !c.is_ascii_alphabetic());
        let left: BTreeSet<&str> = words
            .filter(|word| word.len() > 2 && !permitted.contains(word))
            .filter(|word| !word.bytes().all(|b| b.is_ascii_hexdigit()))
            .collect();
        assert_eq!(left, BTreeSet::new());
    }
}
