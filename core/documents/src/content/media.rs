//! A picture or recording on the evidence pages, with its digests.
use std::fmt::Write as _;

/// Length of a SHA-256 or SM3 digest.
pub const DIGEST_BYTES: usize = 32;

/// A thumbnail is shown 80 mm wide; at 300 dots an inch half a megabyte is ample.
pub const THUMBNAIL_BYTES_MAX: usize = 512 * 1024;

/// One visit rarely has a hundred photos; a longer list is printed as a second document.
pub const MEDIA_MAX: usize = 200;

/// One medium as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaEntry {
    /// Its number on the pages, from 1 (编号).
    pub number: usize,
    /// A JPEG or PNG to show; `None` for sound, or when only the digests are listed.
    pub thumbnail: Option<Vec<u8>>,
    /// Labels and values in printing order.
    pub fields: Vec<super::Field>,
    /// The file's name (文件名).
    pub file_name: String,
    /// The file's length in bytes (字节数).
    pub length_bytes: u64,
    /// SHA-256 of the original, 32 bytes.
    pub sha256: [u8; DIGEST_BYTES],
    /// SM3 (GB/T 32905-2016) of the original, 32 bytes.
    pub sm3: [u8; DIGEST_BYTES],
}

/// A digest in lower-case hexadecimal, in groups of four, so that two people can read it aloud.
#[must_use]
pub fn grouped(digest: &[u8; DIGEST_BYTES]) -> String {
    let mut text = String::with_capacity(DIGEST_BYTES * 2 + DIGEST_BYTES / 2);
    for (at, byte) in digest.iter().enumerate() {
        if at > 0 && at % 2 == 0 {
            text.push(' ');
        }
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
    }
    text
}

/// Width and height of a JPEG or PNG in pixels; `None` when the bytes are neither.
pub(crate) fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let kind = imagesize::image_type(bytes).ok()?;
    if !matches!(kind, imagesize::ImageType::Jpeg | imagesize::ImageType::Png) {
        return None;
    }
    let size = imagesize::blob_size(bytes).ok()?;
    let side = |pixels: usize| u32::try_from(pixels).ok().filter(|side| *side > 0);
    Some((side(size.width)?, side(size.height)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_sixteen_groups_of_four() {
        let text = grouped(&[0xab; DIGEST_BYTES]);
        let groups: Vec<&str> = text.split(' ').collect();
        assert_eq!(groups, ["abab"; 16]);
    }

    #[test]
    fn bytes_that_are_no_picture_have_no_size() {
        assert_eq!(picture_size(b"GIF89a"), None);
        assert_eq!(picture_size(&[0xff, 0xd8, 0xff]), None);
        assert_eq!(picture_size(b""), None);
    }
}
