//! Names for the files that leave a package: readable, and safe on every file system.

/// Characters of a caption that go into a file name: with the number and the extension a name
/// stays under 255 bytes, the limit of common file systems, also in Chinese.
const CAPTION_CHARS_MAX: usize = 40;

/// The extensions of the media types that are opened by their own programs. Everything else
/// becomes `.bin`, so that a package can never put a program or a web page on a reader's disk.
const EXTENSIONS: &[(&str, &str)] = &[
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/webp", "webp"),
    ("image/heif", "heic"),
    ("audio/wav", "wav"),
    ("audio/x-wav", "wav"),
    ("audio/mpeg", "mp3"),
    ("audio/m4a", "m4a"),
    ("audio/ogg", "ogg"),
    ("video/mp4", "mp4"),
    ("video/quicktime", "mov"),
    ("video/webm", "webm"),
    ("video/x-matroska", "mkv"),
    ("application/pdf", "pdf"),
    ("application/json", "json"),
    ("text/csv", "csv"),
    ("text/plain", "txt"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
];

/// A name such as `001-砂轮机缺防护罩.jpg`. The number makes it unique and keeps it off the names
/// that Windows reserves (`CON`, `NUL`).
pub(crate) fn safe_file_name(number: usize, caption: Option<&str>, mime: Option<&str>) -> String {
    let kept: String = caption
        .unwrap_or_default()
        .chars()
        .map(|c| if is_safe(c) { c } else { ' ' })
        .take(CAPTION_CHARS_MAX)
        .collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    let words = words.join("_");
    let known = EXTENSIONS.iter().find(|(known, _)| Some(*known) == mime);
    let extension = known.map_or("bin", |(_, extension)| extension);
    // A caption that is a file's name has the extension already.
    let words = words.strip_suffix(extension).filter(|w| w.ends_with('.')).unwrap_or(&words);
    let words = words.trim_matches('.');
    let words = if words.is_empty() { "原件" } else { words };
    format!("{number:03}-{words}.{extension}")
}

/// Letters and digits of any script, and a few marks. Separators of paths, what Windows forbids,
/// control characters and those that turn the direction of text are not among them.
fn is_safe(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '（' | '）' | '、' | '，' | '(' | ')')
}

#[cfg(test)]
mod tests {
    use super::safe_file_name;

    #[test]
    fn a_caption_stays_readable() {
        let name = safe_file_name(1, Some("砂轮机缺防护罩（近景）"), Some("image/jpeg"));
        assert_eq!(name, "001-砂轮机缺防护罩（近景）.jpg");
        assert_eq!(safe_file_name(2, Some("fe.csv"), Some("text/csv")), "002-fe.csv");
    }

    #[test]
    fn a_name_never_leaves_its_folder_and_is_never_a_device_or_a_program() {
        let captions = [
            "../../etc/passwd",
            "..\\..\\a",
            "C:\\x",
            "CON",
            ".",
            "..",
            "a\0b\u{202e}gpj",
            " ",
            "",
        ];
        for caption in captions {
            let name = safe_file_name(7, Some(caption), Some("text/html"));
            assert!(name.starts_with("007-") && name.ends_with(".bin"), "{name}");
            assert!(!name.contains(['/', '\\', ':', '\0', '\u{202e}']), "{name}");
            assert_eq!(std::path::Path::new(&name).components().count(), 1, "{name}");
        }
    }

    #[test]
    fn the_longest_caption_fits_a_file_system() {
        let name = safe_file_name(999_999, Some(&"𠮷".repeat(500)), Some("video/x-matroska"));
        assert!(name.len() <= 255, "{} bytes", name.len());
    }
}
