//! A short film of the running belt drive: VP8 (RFC 6386) frames in a WebM file.

use fastrand::Rng;
use oxideav_vp8::stream::Vp8KeyframeStreamEncoder;
use oxideav_vp8::{I420Frame, KeyframeParams};

use crate::camera::{self, Exposure};
use crate::scene;
use crate::webm;

/// Width of the film, in pixels.
pub const FILM_WIDTH: u32 = 320;
/// Height of the film, in pixels.
pub const FILM_HEIGHT: u32 = 240;
/// Frames of the film: two seconds.
pub const FILM_FRAMES: u32 = 20;
/// Time of one frame: ten a second.
pub const FRAME_MILLISECONDS: u16 = 100;
/// VP8 quantiser (0 finest to 127): the film stays under 300 kB and looks like a phone's.
const QUANTISER: u8 = 40;
/// Degrees that the large wheel turns from frame to frame; not a part of the five spokes' 72.
const TURN_DEGREES: f32 = 17.0;
/// A steady hand: noise costs bytes in every frame.
const FILM: Exposure = Exposure { noise: 3.0, vignette: 0.3, quality: 0 };

/// The film as a WebM file.
pub(crate) fn film(rng: &mut Rng) -> Vec<u8> {
    let params =
        KeyframeParams { y_ac_qi: QUANTISER, loop_filter_level: 12, ..KeyframeParams::default() };
    // Key frames only: a search for motion takes time and saves a twentieth of the file.
    let mut encoder = Vp8KeyframeStreamEncoder::new(params);
    let packets: Vec<Vec<u8>> = (0..FILM_FRAMES)
        .map(|index| {
            let planes = frame(index, rng);
            let (luma, chroma) = planes.split_at((FILM_WIDTH * FILM_HEIGHT) as usize);
            let (blue, red) = chroma.split_at(chroma.len() / 2);
            let picture = I420Frame::packed(FILM_WIDTH, FILM_HEIGHT, luma, blue, red);
            encoder.encode_frame(&picture).expect("all frames have the one constant size")
        })
        .collect();
    webm::file(FILM_WIDTH, FILM_HEIGHT, FRAME_MILLISECONDS, &packets)
}

/// One picture as luma, then both chroma planes at half the size (I420, BT.601 limited range).
fn frame(index: u32, rng: &mut Rng) -> Vec<u8> {
    let time = index as f32;
    let sway = ((time * 0.5).sin() * 1.5, (time * 0.8).cos());
    let sheet = scene::film_frame(FILM_WIDTH, FILM_HEIGHT, time * TURN_DEGREES, sway);
    let picture = camera::expose(&sheet, FILM, rng);
    let mut planes: Vec<u8> = picture
        .pixels()
        .map(|pixel| weigh(pixel.0.map(f32::from), [0.257, 0.504, 0.098], 16.0))
        .collect();
    for weights in [[-0.148, -0.291, 0.439], [0.439, -0.368, -0.071]] {
        for y in (0..FILM_HEIGHT).step_by(2) {
            for x in (0..FILM_WIDTH).step_by(2) {
                planes.push(weigh(picture.get_pixel(x, y).0.map(f32::from), weights, 128.0));
            }
        }
    }
    planes
}

fn weigh(color: [f32; 3], weights: [f32; 3], offset: f32) -> u8 {
    let sum: f32 = color.iter().zip(weights).map(|(level, weight)| level * weight).sum();
    (sum + offset).round() as u8
}
