//! Makes photos small and upright, to be shown on the evidence pages.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageReader};

/// Shown 68 mm wide, this is 300 dots an inch.
const SIDE_PIXELS_MAX: u32 = 800;

/// Sharp enough to read a nameplate; a hundred kilobytes at most.
const JPEG_QUALITY: u8 = 80;

/// A small upright JPEG of a photo; none when the bytes are no picture that can be read.
pub(crate) fn shrink(original: &[u8]) -> Option<Vec<u8>> {
    let reader = ImageReader::new(Cursor::new(original)).with_guessed_format().ok()?;
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture = picture.thumbnail(SIDE_PIXELS_MAX, SIDE_PIXELS_MAX);
    picture.apply_orientation(orientation);
    let mut small = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut small, JPEG_QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).ok()?;
    Some(small)
}

#[cfg(test)]
mod tests {
    use super::*;
    use angen_samples::{Role, bytes_of};

    #[test]
    fn a_photo_becomes_small_and_one_that_was_held_upright_stands_upright() {
        for (role, is_upright) in [(Role::WidePhoto, false), (Role::SignedRecordPage, true)] {
            let small = shrink(&bytes_of(role, 1)).unwrap();
            let size = image::load_from_memory(&small).unwrap();
            assert!(size.width().max(size.height()) <= SIDE_PIXELS_MAX);
            assert_eq!(size.height() > size.width(), is_upright, "{role:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_picture_have_none() {
        assert!(shrink(b"no picture").is_none());
        assert!(shrink(&bytes_of(Role::SoundStatement, 1)).is_none());
    }
}
