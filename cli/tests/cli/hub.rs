//! `angen hub`: one program serves, another pushes a dossier to it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use serde_json::json;

use crate::program::{Program, assert_fields, one_line_of_json, text};
use crate::refused_words::assert_refused;
use crate::town::{Town, typed};

/// A hub that is stopped when the test ends.
struct Hub(Child);

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_dossier_is_pushed_to_a_hub_and_a_second_push_sends_nothing() {
    let town = Town::new();
    let data = typed(&town.path("hub"));
    let line = ["--json", "hub", "serve", "--data", &data, "--listen", "127.0.0.1:0", "--root"];
    let mut serve = Program::bare().line(&[&line[..], &[&town.cast.root]].concat());
    let mut hub = Hub(serve.stdout(Stdio::piped()).spawn().unwrap());
    let mut first = String::new();
    BufReader::new(hub.0.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let to = format!("http://{}", text(&one_line_of_json(&first), "/listening"));
    let push = ["hub", "push", &town.cast.check, "--to", &to];
    let pushed = town.program().json(&push);
    assert_fields(&pushed, &["new_ops", "known_ops", "sent_blobs", "same_heads"]);
    assert!(pushed["new_ops"].as_u64() > Some(4), "{pushed}");
    assert_eq!((&pushed["sent_blobs"], &pushed["same_heads"]), (&1.into(), &true.into()));
    let nothing = json!({"new_ops": 0, "known_ops": 0, "sent_blobs": 0, "same_heads": true});
    assert_eq!(town.program().json(&push), nothing);
    drop(hub);
    let words: [&str; 1] = [to.trim_start_matches("http://")];
    assert_refused(&town, &town.program(), &[(&push, &words, &words)]);
}
