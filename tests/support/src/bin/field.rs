//! Works in a township's database until it is killed, and says each thing that it was told is
//! done. For the tests that kill it; see tests/kill.rs.
//!
//! `field capture|stubborn|sweep|import|receive DATA CHANCE_SEED WRITER DOSSIER OTHER`

use std::io::Write as _;
use std::path::Path;

use angen_core::action::{capture_evidence, import_checklist, sweep};
use angen_core::desk::Desk;
use angen_core::store::Store;
use angen_ledger::id::{DossierId, WriterId};
use angen_testing::exchange::{deliver, pack};
use angen_testing::files::{checklists, jpeg};
use angen_testing::township::capture;
use angen_testing::world::World;

/// A day: the people were enrolled before.
const LATER_MS: u32 = 24 * 3_600_000;

/// Ten years.
const AHEAD_MS: i64 = 10 * 365 * 24 * 3_600_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, work, data, seed, writer, dossier, other] = &arguments[..] else {
        return Err(
            "field capture|stubborn|sweep|import|receive DATA CHANCE_SEED WRITER DOSSIER OTHER"
                .into(),
        );
    };
    let (data, seed) = (Path::new(data), seed.parse::<u64>()?);
    let writer: WriterId = writer.parse()?;
    let world = World::with_seeds(angen_testing::world::KILL_KEYS_SEED, seed);
    world.wait_ms(LATER_MS);
    let ports = world.ports();
    let store = Store::open(data)?;
    let desk = Desk::sign_in(&store, &ports, writer)?;
    match work.as_str() {
        "capture" | "stubborn" => {
            let dossier: DossierId = dossier.parse()?;
            for number in 0_u32.. {
                let file = data.join("inbox").join(format!("{seed}-{number}.jpg"));
                // Of several lengths, so that kills fall into different steps.
                let words = format!("{seed} {number} ").repeat(1 + (number as usize % 3) * 1_500);
                std::fs::write(&file, jpeg(&words))?;
                match capture_evidence(&desk, &capture(file, dossier)) {
                    Ok(view) => say(&view.op.to_string())?,
                    // Somebody took its blob away; what is refused is not said to be done.
                    Err(_) if work == "stubborn" => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        "sweep" => {
            // A clock that is years ahead: whatever somebody is writing looks old to it.
            world.jump_ms(AHEAD_MS);
            loop {
                for path in sweep(&store, &ports)?.set_aside {
                    say(&path.display().to_string())?;
                }
            }
        }
        "import" => {
            for list in ["gm", "fe", "hc", "ls"] {
                let file = checklists().join(format!("{list}.xlsx"));
                say(&import_checklist(&desk, &file)?.list_id)?;
            }
        }
        _ => {
            let received = deliver(&pack(&Store::open(Path::new(other))?)?, &store)?;
            say(&received.new_ops.to_string())?;
        }
    }
    Ok(())
}

/// One line, out at once: what is in it was acknowledged.
fn say(done: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{done}")?;
    out.flush()
}
