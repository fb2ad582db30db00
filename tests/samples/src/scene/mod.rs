//! What the photos of the visit show: a workshop and its defects, from afar and near by.

mod belt_drive;
mod cylinders;
mod detector;
mod exit;
mod grinder;
mod pit;
mod props;
mod room;
mod switch_board;

use tiny_skia::Pixmap;

use crate::canvas::{Canvas, ink};
use crate::instrument::Reading;

/// Width of a photo, in pixels: 4:3, as phones take them, small enough for tests.
pub(crate) const PHOTO_WIDTH: u32 = 1280;
/// Height of a photo, in pixels.
pub(crate) const PHOTO_HEIGHT: u32 = 960;

/// The thing in front of the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    BeltDrive,
    BlockedExit,
    Grinder,
    SwitchBoard,
    Cylinders,
    Pit,
    Detector,
}

/// The subject in its surroundings. `sway` in pixels tells how the hand has moved.
pub(crate) fn wide(subject: Subject, sway: (f32, f32)) -> Pixmap {
    photo(sway, |canvas| match subject {
        Subject::BeltDrive => belt_drive::wide(canvas, 0.0),
        Subject::BlockedExit => exit::wide(canvas),
        Subject::Grinder => grinder::wide(canvas),
        Subject::SwitchBoard => switch_board::wide(canvas),
        Subject::Cylinders => cylinders::wide(canvas),
        Subject::Pit | Subject::Detector => pit::wide(canvas),
    })
}

/// The same subject near by, with ruler and plate.
pub(crate) fn close(subject: Subject, sway: (f32, f32)) -> Pixmap {
    photo(sway, |canvas| match subject {
        Subject::BeltDrive => belt_drive::close(canvas),
        Subject::BlockedExit => exit::close(canvas),
        Subject::Grinder => grinder::close(canvas),
        Subject::SwitchBoard => switch_board::close(canvas),
        Subject::Cylinders => cylinders::close(canvas),
        Subject::Pit | Subject::Detector => pit::close(canvas),
    })
}

/// The detector in a hand over the pit, its display showing the reading given.
pub(crate) fn display(reading: &Reading, instrument_number: &str, sway: (f32, f32)) -> Pixmap {
    photo(sway, |canvas| detector::close(canvas, reading, instrument_number))
}

/// A frame of a film of the running belt drive: `turn` in degrees, `width` by `height` pixels.
pub(crate) fn film_frame(width: u32, height: u32, turn: f32, sway: (f32, f32)) -> Pixmap {
    let scale = width as f32 / PHOTO_WIDTH as f32 * FILM_ZOOM;
    let mut canvas = Canvas::new(width, height, ink(0x20_2220));
    let origin = (-210.0 * scale + sway.0, -210.0 * scale + sway.1);
    canvas.placed(origin, scale, 0.0, |canvas| belt_drive::wide(canvas, turn));
    canvas.into_pixmap()
}

/// The film looks nearer than the wide photo, so that the turning wheel can be seen.
const FILM_ZOOM: f32 = 1.35;

/// The room is drawn a little larger than the picture, so that a moved hand shows no edge.
fn photo((x, y): (f32, f32), draw: impl FnOnce(&mut Canvas)) -> Pixmap {
    let mut canvas = Canvas::new(PHOTO_WIDTH, PHOTO_HEIGHT, ink(0x20_2220));
    canvas.placed((x - 13.0, y - 10.0), 1.02, 0.0, draw);
    canvas.into_pixmap()
}
