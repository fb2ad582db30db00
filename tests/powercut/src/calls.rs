//! Stands in for the C library's calls that change files, notes them, and passes them on.
//!
//! A definition of `write` in the program comes before the one of the C library, for SQLite and
//! the standard library alike; so what is recorded is what was asked for, with no seam in the
//! product that could be out of step with what it does. A sync is noted and not carried out: the
//! folders of these tests lie in memory and are thrown away, and syncs would only slow them down.
#![allow(
    unsafe_code,
    reason = "a stand-in for a C function is an unsafe symbol, gets raw pointers, and passes them \
              on to the kernel just as it got them"
)]

use std::ffi::{CStr, OsStr, OsString};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

use libc::{c_char, c_int, c_long, c_void, mode_t, off_t, size_t, ssize_t};

use crate::record::{Step, is_running, note, note_rename};

/// Bytes of the longest path that the kernel gives.
const PATH_BYTES_MAX: usize = 4096;

/// Keeps the stand-ins in a program that records: a linker leaves out what nobody speaks of.
pub(crate) fn hold() {
    std::hint::black_box([open as *const (), open64 as *const (), write as *const ()]);
    std::hint::black_box([pwrite as *const (), pwrite64 as *const (), fsync as *const ()]);
    std::hint::black_box([ftruncate as *const (), ftruncate64 as *const ()]);
    std::hint::black_box([fdatasync as *const (), rename as *const ()]);
    std::hint::black_box([unlink as *const (), mkdir as *const ()]);
}

/// The path of an open file; none when its name is gone.
fn path_of(file: c_int) -> Option<PathBuf> {
    let link = format!("/proc/self/fd/{file}\0");
    let mut path = vec![0_u8; PATH_BYTES_MAX];
    // SAFETY: the link ends with NUL, and the buffer is as long as is said.
    let length =
        unsafe { libc::readlink(link.as_ptr().cast(), path.as_mut_ptr().cast(), path.len()) };
    path.truncate(usize::try_from(length).ok()?);
    let path = PathBuf::from(OsString::from_vec(path));
    (path.is_absolute() && !path.to_string_lossy().ends_with(" (deleted)")).then_some(path)
}

/// # Safety
/// The pointer is to a string that ends with NUL, as the C function demands.
unsafe fn path_at<'p>(path: *const c_char) -> &'p Path {
    // SAFETY: as the caller promises.
    let name = unsafe { CStr::from_ptr(path) };
    Path::new(OsStr::from_bytes(name.to_bytes()))
}

/// # Safety
/// As for [`path_at`].
unsafe fn is_there(path: *const c_char) -> bool {
    // SAFETY: as the caller promises.
    unsafe { libc::faccessat(libc::AT_FDCWD, path, libc::F_OK, 0) == 0 }
}

/// # Safety
/// The pointer is to as many readable bytes.
unsafe fn note_bytes(file: c_int, bytes: *const c_void, count: ssize_t, offset: off_t) {
    let (Some(path), Ok(count)) = (path_of(file), usize::try_from(count)) else { return };
    let Ok(offset) = u64::try_from(offset) else { return };
    // SAFETY: the kernel has just read as many bytes from there.
    let bytes = unsafe { std::slice::from_raw_parts(bytes.cast::<u8>(), count) }.to_vec();
    note(&path, |path| Step::Write { path, offset, bytes });
}

fn note_sync(file: c_int) {
    let Some(path) = path_of(file).filter(|_| is_running()) else { return };
    // A folder that was synced may have been removed since: then nobody can ask what it was.
    let is_folder = path.is_dir();
    note(&path, |path| if is_folder { Step::SyncFolder(path) } else { Step::Sync(path) });
}

/// # Safety
/// As for `open` of the C library.
unsafe fn open_noted(folder: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    let is_noted = is_running() && flags & (libc::O_CREAT | libc::O_TRUNC) != 0;
    // SAFETY: the caller promises what `open` demands.
    let was_there = is_noted && unsafe { is_there(path) };
    // SAFETY: as above.
    let file = unsafe { libc::syscall(libc::SYS_openat, folder, path, flags, mode) } as c_int;
    if is_noted && file >= 0 {
        // SAFETY: as above.
        let path = unsafe { path_at(path) };
        if !was_there {
            note(path, Step::Create);
        } else if flags & libc::O_TRUNC != 0 {
            note(path, |path| Step::Resize { path, length: 0 });
        }
    }
    file
}

/// # Safety
/// As for the C library's function of this name.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn open(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the caller promises what `open` demands.
    unsafe { open_noted(libc::AT_FDCWD, path, flags, mode) }
}

/// # Safety
/// As for the C library's function of this name.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn open64(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the caller promises what `open64` demands.
    unsafe { open_noted(libc::AT_FDCWD, path, flags, mode) }
}

/// # Safety
/// As for the C library's function of this name.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn write(file: c_int, bytes: *const c_void, count: size_t) -> ssize_t {
    // SAFETY: the caller promises what `write` demands.
    let done = unsafe { libc::syscall(libc::SYS_write, file, bytes, count) } as ssize_t;
    if done > 0 && is_running() {
        // SAFETY: asking where a file stands changes nothing; a pipe answers with an error.
        let end = unsafe { libc::lseek(file, 0, libc::SEEK_CUR) };
        if end >= 0 {
            // SAFETY: the kernel has just read these bytes.
            unsafe { note_bytes(file, bytes, done, end - done as off_t) };
        }
    }
    done
}

/// # Safety
/// As for the C library's function of this name.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn pwrite64(
    file: c_int,
    bytes: *const c_void,
    count: size_t,
    offset: off_t,
) -> ssize_t {
    // SAFETY: the caller promises what `pwrite64` demands.
    let done = unsafe { libc::syscall(libc::SYS_pwrite64, file, bytes, count, offset) } as ssize_t;
    if done > 0 && is_running() {
        // SAFETY: the kernel has just read these bytes.
        unsafe { note_bytes(file, bytes, done, offset) };
    }
    done
}

/// # Safety
/// As for the C library's function of this name.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn pwrite(
    file: c_int,
    bytes: *const c_void,
    count: size_t,
    offset: off_t,
) -> ssize_t {
    // SAFETY: the caller promises what `pwrite` demands, which is the same on 64 bits.
    unsafe { pwrite64(file, bytes, count, offset) }
}

/// # Safety
/// As for the C library's function of this name.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn ftruncate64(file: c_int, length: off_t) -> c_int {
    // SAFETY: the caller promises what `ftruncate64` demands.
    let failed = unsafe { libc::syscall(libc::SYS_ftruncate, file, length) } as c_int;
    if failed == 0
        && is_running()
        && let (Some(path), Ok(length)) = (path_of(file), u64::try_from(length))
    {
        note(&path, |path| Step::Resize { path, length });
    }
    failed
}

/// # Safety
/// As for the C library's function of this name.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn ftruncate(file: c_int, length: off_t) -> c_int {
    // SAFETY: the caller promises what `ftruncate` demands, which is the same on 64 bits.
    unsafe { ftruncate64(file, length) }
}

/// # Safety
/// As for the C library's function of this name.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn fsync(file: c_int) -> c_int {
    note_sync(file);
    0
}

/// # Safety
/// As for the C library's function of this name.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn fdatasync(file: c_int) -> c_int {
    note_sync(file);
    0
}

/// # Safety
/// As for the C library's function of this name.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn rename(from: *const c_char, to: *const c_char) -> c_int {
    let (here, no_flags): (c_int, c_long) = (libc::AT_FDCWD, 0);
    // SAFETY: the caller promises what `rename` demands.
    let failed =
        unsafe { libc::syscall(libc::SYS_renameat2, here, from, here, to, no_flags) } as c_int;
    if failed == 0 && is_running() {
        // SAFETY: the kernel has just read both names.
        unsafe { note_rename(path_at(from), path_at(to)) };
    }
    failed
}

/// # Safety
/// As for the C library's function of this name.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn unlink(path: *const c_char) -> c_int {
    // SAFETY: the caller promises what `unlink` demands.
    let failed = unsafe { libc::syscall(libc::SYS_unlinkat, libc::AT_FDCWD, path, 0) } as c_int;
    if failed == 0 && is_running() {
        // SAFETY: the kernel has just read the name.
        note(unsafe { path_at(path) }, Step::Remove);
    }
    failed
}

/// # Safety
/// As for the C library's function of this name.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn mkdir(path: *const c_char, mode: mode_t) -> c_int {
    // SAFETY: the caller promises what `mkdir` demands.
    let failed = unsafe { libc::syscall(libc::SYS_mkdirat, libc::AT_FDCWD, path, mode) } as c_int;
    if failed == 0 && is_running() {
        // SAFETY: the kernel has just read the name.
        note(unsafe { path_at(path) }, Step::MakeFolder);
    }
    failed
}
