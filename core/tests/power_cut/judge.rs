//! Judges what a power cut has left: opens it, checks everything, and does the verb again.

use std::io::BufReader;
use std::path::Path;

use angen_core::action::fsck;
use angen_core::error::Error;
use angen_core::store::Store;
use angen_ledger::verify::{NoObserver, Outcome, verify};
use angen_powercut::Image;
use angen_testing::picture::picture;
use tempfile::TempDir;

use crate::cut::{Record, data_of};
use crate::scene::Scene;

/// Says what is wrong with what a cut has left, if anything is.
pub(crate) fn judge(
    record: &Record,
    acknowledged: bool,
    folder: TempDir,
    again: Option<impl Fn(TempDir) -> Scene>,
) -> Result<(), String> {
    let data = folder.path().join(data_of(record.verb));
    let store = Store::open(&data).map_err(|why| format!("it does not open: {why}"))?;
    let held = picture(&store).map_err(|why| format!("it cannot be read: {why}"))?;
    let is_done = held == record.after;
    if acknowledged && !is_done {
        return Err("the verb was acknowledged and is lost".to_owned());
    }
    // What is handed out is on record before it is made, and once more when it came to nothing.
    let is_in_steps = record.verb.name == "export_package";
    if !is_done && !is_in_steps && held != record.before {
        return Err("half of the verb is there".to_owned());
    }
    clean(&store)?;
    drop(store);
    files_are_held(record.base(), folder.path())?;
    package_is_whole(folder.path(), acknowledged && record.verb.name == "export_package")?;
    again.map_or(Ok(()), |again| retry(record, is_done, &again(folder)))
}

fn clean(store: &Store) -> Result<(), String> {
    let report = fsck(store).map_err(|why| format!("fsck: {why}"))?;
    match (&report.problems[..], report.pending) {
        ([], 0) => Ok(()),
        (problems, pending) => Err(format!("fsck: {problems:?}, {pending} pending")),
    }
}

/// Every file that was safe before is somewhere: a sweep moves, and nothing deletes.
fn files_are_held(base: &Image, folder: &Path) -> Result<(), String> {
    for (path, bytes) in base.files_below(Path::new("data/blobs")) {
        let name = path.file_name().unwrap_or_default();
        let aside = folder.join("data/strays").join(name);
        let holds = |path: &Path| std::fs::read(path).is_ok_and(|held| held == bytes);
        if !holds(&folder.join(path)) && !holds(&aside) {
            return Err(format!("{} was safe and is gone", path.display()));
        }
    }
    Ok(())
}

/// A package under its name is whole, and there if it was acknowledged.
fn package_is_whole(folder: &Path, must_be_there: bool) -> Result<(), String> {
    let path = folder.join("check.angen");
    if !path.exists() {
        let lost = || Err("the package was acknowledged and is lost".to_owned());
        return if must_be_there { lost() } else { Ok(()) };
    }
    let file = std::fs::File::open(&path).map_err(|why| why.to_string())?;
    let verdict = verify(BufReader::new(file), None, &mut NoObserver);
    match verdict.map(|verdict| verdict.outcome) {
        Ok(Outcome::Verifies) => Ok(()),
        other => Err(format!("half a package stands under its name: {other:?}")),
    }
}

/// The verb is done again. If it was done before the cut, it may say so.
fn retry(record: &Record, is_done: bool, scene: &Scene) -> Result<(), String> {
    match (record.verb.run)(scene) {
        Ok(()) => {}
        Err(Error::Invalid(_)) if is_done => {}
        Err(why) => return Err(format!("it cannot be done again: {why}")),
    }
    let now = picture(&scene.town.store).map_err(|why| why.to_string())?;
    let is_in_steps = record.verb.name == "export_package";
    if !is_done && !is_in_steps && now.ops != record.after.ops {
        return Err(format!("done again, it has {} ops, not {}", now.ops, record.after.ops));
    }
    clean(&scene.town.store)
}
