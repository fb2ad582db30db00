//! From a drawn sheet to a photograph: uneven light, dark corners, sensor noise, JPEG with EXIF.

use fastrand::Rng;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, RgbImage, imageops};
use tiny_skia::Pixmap;

/// How a picture is taken.
#[derive(Clone, Copy)]
pub(crate) struct Exposure {
    /// Largest error that the sensor adds to a pixel, in levels of 255.
    pub(crate) noise: f32,
    /// How much darker the corners are than the middle (0 to 1).
    pub(crate) vignette: f32,
    /// JPEG quality, 1 to 100.
    pub(crate) quality: u8,
}

/// A phone in a dim workshop.
pub(crate) const WORKSHOP: Exposure = Exposure { noise: 13.0, vignette: 0.34, quality: 84 };
/// A phone over a sheet of paper under a lamp.
pub(crate) const DESK: Exposure = Exposure { noise: 9.0, vignette: 0.22, quality: 82 };
/// A flatbed scanner.
pub(crate) const SCANNER: Exposure = Exposure { noise: 5.0, vignette: 0.02, quality: 70 };

/// Width of a blotch of uneven light, in pixels: about a tenth of a picture.
const BLOTCH_PIXELS: usize = 128;

/// Adds light, corners and noise to the sheet, as the exposure says.
pub(crate) fn expose(sheet: &Pixmap, exposure: Exposure, rng: &mut Rng) -> RgbImage {
    let (width, height) = (sheet.width() as usize, sheet.height() as usize);
    let blotches = Blotches::new(width, height, rng);
    let mut pixels = Vec::with_capacity(width * height * 3);
    let mut grain_before = 0.0_f32;
    for (index, pixel) in sheet.pixels().iter().enumerate() {
        let (x, y) = (index % width, index / width);
        let across = x as f32 / width as f32 - 0.5;
        let along = y as f32 / height as f32 - 0.5;
        let corner = 1.0 - exposure.vignette * 2.0 * (across * across + along * along);
        let light = corner * blotches.light_at(x, y);
        let chance = rng.u32(..).to_le_bytes();
        // Neighbours share a part of their error, as they do after a phone's own sharpening.
        let grain = centred(chance[0]) * 0.75 + grain_before * 0.35;
        grain_before = grain;
        let channels = [pixel.red(), pixel.green(), pixel.blue()];
        for (level, byte) in channels.into_iter().zip(&chance[1..]) {
            let error = (grain + centred(*byte) * 0.35) * exposure.noise;
            pixels.push((f32::from(level) * light + error).clamp(0.0, 255.0) as u8);
        }
    }
    RgbImage::from_raw(sheet.width(), sheet.height(), pixels).expect("three bytes for each pixel")
}

/// The picture as a JPEG file that carries the EXIF block given (TIFF bytes).
pub(crate) fn jpeg(picture: &RgbImage, quality: u8, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, quality);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).expect("the JPEG encoder carries EXIF");
    }
    encoder
        .write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .expect("writing to memory cannot fail and the sizes agree");
    file
}

/// Stores an upright picture lying on its side, as a sensor does when the phone is held upright.
/// EXIF orientation 6 turns it back.
pub(crate) fn lay_on_side(upright: &RgbImage) -> RgbImage {
    imageops::rotate270(upright)
}

/// A byte of chance as a number from -1 to 1.
fn centred(byte: u8) -> f32 {
    f32::from(byte) / 127.5 - 1.0
}

/// A coarse grid of light levels; between its points the light changes evenly.
struct Blotches {
    columns: usize,
    levels: Vec<f32>,
}

impl Blotches {
    fn new(width: usize, height: usize, rng: &mut Rng) -> Blotches {
        let columns = width / BLOTCH_PIXELS + 2;
        let count = columns * (height / BLOTCH_PIXELS + 2);
        Blotches { columns, levels: (0..count).map(|_| 0.94 + 0.12 * rng.f32()).collect() }
    }

    fn light_at(&self, x: usize, y: usize) -> f32 {
        let first = (y / BLOTCH_PIXELS) * self.columns + x / BLOTCH_PIXELS;
        let across = (x % BLOTCH_PIXELS) as f32 / BLOTCH_PIXELS as f32;
        let along = (y % BLOTCH_PIXELS) as f32 / BLOTCH_PIXELS as f32;
        let mix = |left: f32, right: f32| left + (right - left) * across;
        let upper = mix(self.levels[first], self.levels[first + 1]);
        let lower = mix(self.levels[first + self.columns], self.levels[first + self.columns + 1]);
        upper + (lower - upper) * along
    }
}
