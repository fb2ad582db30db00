//! Papers of the visit: drawn upright, then photographed on a desk or laid on a scanner.

mod company_papers;
mod filing_form;
mod form;
mod hash_list_page;
mod interview_page;
mod licence;
mod procedure_page;
mod record_page;
mod scribble;
mod sign_in_sheet;

pub(crate) use company_papers::pages as company_pages;
pub use interview_page::INTERVIEW;
pub(crate) use licence::page as licence_page;

use fastrand::Rng;
use image::RgbImage;

use crate::camera::{self, DESK, SCANNER};
use crate::canvas::{Canvas, Fill, ink, wash};
use crate::sample::{People, Site};
use crate::scene::{PHOTO_HEIGHT, PHOTO_WIDTH};

/// Width of a page in its own pixels; an A4 sheet at about 110 dots an inch.
pub(crate) const PAGE_WIDTH: f32 = 900.0;
/// Height of a page: the sides of A4 are 1 to the root of 2.
pub(crate) const PAGE_HEIGHT: f32 = 1273.0;

/// Whom a paper of a site names, and when: day and minute as it is written on it.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) site: &'a Site,
    pub(crate) people: &'a People,
    pub(crate) date: &'a str,
    /// Its number, where it has one.
    pub(crate) number: &'a str,
}

/// The sign-in sheet on a desk, upright.
pub(crate) fn sign_in_photo(people: &People, date: &str, rng: &mut Rng) -> RgbImage {
    let tilt = 1.5 + rng.f32() * 1.5;
    let hand = rng.u64(..);
    on_a_desk(tilt, rng, |canvas| sign_in_sheet::draw(canvas, people, date, hand))
}

/// The signed page of the on-site record on a desk, upright.
pub(crate) fn record_photo(page: Page<'_>, findings: &[&str], rng: &mut Rng) -> RgbImage {
    signed_photo(-2.6, rng, |canvas, hand| record_page::draw(canvas, page, findings, hand))
}

/// The signed list of digests on a desk, upright; a row is a caption and its digits.
pub(crate) fn hash_list_photo(page: Page<'_>, rows: &[(&str, String)], rng: &mut Rng) -> RgbImage {
    signed_photo(0.8, rng, |canvas, hand| hash_list_page::draw(canvas, page, rows, hand))
}

/// The form that opens a case on a desk, upright, signed on `day`.
pub(crate) fn filing_photo(page: Page<'_>, day: &str, rng: &mut Rng) -> RgbImage {
    signed_photo(-1.4, rng, |canvas, hand| filing_form::draw(canvas, page, day, hand))
}

/// The signed page of an interview on a desk, upright.
pub(crate) fn interview_photo(page: Page<'_>, rng: &mut Rng) -> RgbImage {
    signed_photo(1.2, rng, |canvas, hand| interview_page::draw(canvas, page, hand))
}

/// Another signed paper of the procedure on a desk, upright, under its title.
pub(crate) fn procedure_photo(page: Page<'_>, title: &str, rng: &mut Rng) -> RgbImage {
    signed_photo(-0.6, rng, |canvas, hand| procedure_page::draw(canvas, page, title, hand))
}

/// A page on a desk, turned by `least_tilt` degrees or up to one more, signed with one hand.
fn signed_photo(least_tilt: f32, rng: &mut Rng, draw: impl FnOnce(&mut Canvas, u64)) -> RgbImage {
    let tilt = least_tilt + rng.f32();
    let hand = rng.u64(..);
    on_a_desk(tilt, rng, |canvas| draw(canvas, hand))
}

/// A page on the glass of a scanner, not quite straight.
pub(crate) fn scanned(rng: &mut Rng, draw: impl FnOnce(&mut Canvas)) -> Vec<u8> {
    let mut canvas = Canvas::new(PAGE_WIDTH as u32, PAGE_HEIGHT as u32, ink(0xf7_f6f2));
    let tilt = rng.f32() * 1.2 - 0.6;
    canvas.placed((4.0, 3.0), 0.99, tilt, draw);
    canvas.rect(0.0, 0.0, PAGE_WIDTH, 5.0, wash(0x20_2020, 0.35));
    let picture = camera::expose(&canvas.into_pixmap(), SCANNER, rng);
    camera::jpeg(&picture, SCANNER.quality, None)
}

fn on_a_desk(tilt: f32, rng: &mut Rng, draw: impl FnOnce(&mut Canvas)) -> RgbImage {
    // A phone held upright: the sides of a photo change places.
    let (width, height) = (PHOTO_HEIGHT, PHOTO_WIDTH);
    let mut canvas = Canvas::new(width, height, ink(0x8a_6238));
    for board in 0..5 {
        let y = board as f32 * 270.0;
        canvas.rect(0.0, y, 960.0, 266.0, Fill::Down(ink(0xa3_7848), ink(0x8b_6238)));
        for grain in 0..6 {
            let line = y + 20.0 + grain as f32 * 41.0;
            let bend = (grain * 53 % 40) as f32;
            let points =
                [(0.0, line), (300.0, line + bend), (700.0, line - 12.0), (960.0, line + 9.0)];
            canvas.curve(&points, 2.0, wash(0x4f_3417, 0.4));
        }
    }
    canvas.placed((62.0, 62.0), 0.93, tilt, |canvas| {
        canvas.rect(10.0, 14.0, PAGE_WIDTH, PAGE_HEIGHT, wash(0, 0.4));
        canvas.rect(0.0, 0.0, PAGE_WIDTH, PAGE_HEIGHT, Fill::Down(ink(0xf5_f3ec), ink(0xe6_e2d6)));
        draw(canvas);
        // A fold across the middle, and the shade of the hand that holds the phone.
        canvas.rect(0.0, 636.0, PAGE_WIDTH, 3.0, wash(0x5a_564c, 0.18));
        canvas.rect(0.0, 639.0, PAGE_WIDTH, 3.0, wash(0xff_ffff, 0.5));
    });
    for ring in 0..24 {
        let inset = ring as f32 * 13.0;
        canvas.oval(
            420.0 + inset,
            820.0 + inset,
            900.0 - inset,
            800.0 - inset,
            wash(0x14_1008, 0.014),
        );
    }
    camera::expose(&canvas.into_pixmap(), DESK, rng)
}
