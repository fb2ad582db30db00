//! Capture: from the camera's file to durable, sealed evidence.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use aes_gcm::aead::AeadInOut;
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use angen_core::action::capture_evidence;
use angen_core::desk::Desk;
use angen_testing::township::{Township, capture};
use sha2::{Digest, Sha256};
use sm3::Sm3;

use crate::CHILD;
use crate::report::{Report, in_turn, ms};

/// A photo of a phone of today.
const PHOTO_BYTES: usize = 12 << 20;

/// A long video.
const VIDEO_BYTES: u64 = 2 << 30;

/// What the core may take for it.
const MEMORY_BYTES_MAX: u64 = 32 << 20;

const CHUNK_BYTES: usize = 65_536;

pub(crate) fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let town = Township::build(&folder.path().join("phone"), 1);
    let photo = folder.path().join("photo.jpg");
    fs::write(&photo, photo_bytes()).expect("room for a photo");
    let desk = Desk::sign_in(&town.store, &town.ports, town.cast.officers[0]).expect("a key");
    let pair = in_turn(
        |_| {
            let request = capture(photo.clone(), town.cast.check.dossier);
            capture_evidence(&desk, &request).expect("a photo is captured");
        },
        |turn| floor(&photo, &folder.path().join(format!("floor-{turn}"))),
    );
    report.add(
        "capture a 12 MiB photo (read, SHA-256, SM3, cipher and its SHA-256, write, sync; sealed op)",
        ms(pair.ours),
        format!("{} the same without the op", ms(pair.floor)),
        Some(pair.ratio),
        "at most 1.3",
        pair.ratio <= 1.3,
    );
    let peak = large(folder.path());
    report.add(
        "peak memory of a process that captures a 2 GiB video",
        format!("{:.1} MiB", peak as f64 / f64::from(1 << 20)),
        "–".to_owned(),
        None,
        "under 32 MiB",
        peak < MEMORY_BYTES_MAX,
    );
}

/// The same work on the bytes, and nothing else.
fn floor(original: &Path, out: &Path) {
    let mut input = File::open(original).expect("the photo");
    let mut output = File::create(out).expect("room");
    let cipher = Aes256Gcm::new(&[7; 32].into());
    let (mut sha, mut sm3, mut address) = (Sha256::new(), Sm3::new(), Sha256::new());
    let mut chunk = Vec::with_capacity(CHUNK_BYTES + 16);
    let mut count = 0u32;
    loop {
        chunk.clear();
        let took = (&mut input).take(CHUNK_BYTES as u64).read_to_end(&mut chunk).expect("reads");
        if took == 0 {
            break;
        }
        sha.update(&chunk);
        sm3.update(&chunk);
        let mut nonce = [0; 12];
        nonce[7..11].copy_from_slice(&count.to_be_bytes());
        let tag = cipher
            .encrypt_inout_detached(&Nonce::from(nonce), &[], chunk.as_mut_slice().into())
            .expect("encrypts");
        chunk.extend_from_slice(&tag);
        address.update(&chunk);
        output.write_all(&chunk).expect("writes");
        count += 1;
    }
    std::hint::black_box((sha.finalize(), sm3.finalize(), address.finalize()));
    output.sync_all().expect("syncs");
    fs::remove_file(out).expect("removes");
}

/// Captures a large file in a process of its own; gives its peak resident memory.
fn large(folder: &Path) -> u64 {
    let video = folder.join("video.mp4");
    let mut file = File::create(&video).expect("room");
    file.write_all(b"\0\0\0\x18ftypisom\0\0\0\0isomiso2").expect("writes");
    file.set_len(VIDEO_BYTES).expect("room for a sparse file");
    let own = std::env::current_exe().expect("this program");
    let child = std::process::Command::new(own)
        .env(CHILD, folder)
        .output()
        .expect("this program starts again");
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stderr));
    String::from_utf8_lossy(&child.stdout).trim().parse().expect("bytes")
}

/// The child: captures the video and tells its peak memory in bytes.
pub(crate) fn child(folder: &str) -> ExitCode {
    let folder = PathBuf::from(folder);
    let town = Township::build(&folder.join("child"), 2);
    let desk = Desk::sign_in(&town.store, &town.ports, town.cast.officers[0]).expect("a key");
    let request = capture(folder.join("video.mp4"), town.cast.check.dossier);
    capture_evidence(&desk, &request).expect("a video is captured");
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    let kib: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap_or(0);
    println!("{}", kib * 1024);
    ExitCode::SUCCESS
}

/// Bytes that begin and end like a JPEG file and do not compress.
pub(crate) fn photo_bytes() -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    while bytes.len() < PHOTO_BYTES - 2 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(PHOTO_BYTES - 2);
    bytes.extend([0xff, 0xd9]);
    bytes
}
