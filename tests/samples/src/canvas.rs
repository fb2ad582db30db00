//! A sheet to draw on: filled shapes, lines and text in a frame of reference that can be nested.

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Paint, Path, PathBuilder,
    Pixmap, Point, Shader, SpreadMode, Stroke, Transform,
};

use crate::lettering;

/// A colour and how much it covers (0 clear, 1 opaque).
#[derive(Clone, Copy)]
pub(crate) struct Ink {
    rgb: u32,
    opacity: f32,
}

/// An opaque colour from its usual six hexadecimal digits.
pub(crate) const fn ink(rgb: u32) -> Ink {
    Ink { rgb, opacity: 1.0 }
}

/// A colour through which what lies below can be seen.
pub(crate) const fn wash(rgb: u32, opacity: f32) -> Ink {
    Ink { rgb, opacity }
}

impl Ink {
    fn color(self) -> Color {
        let [_, red, green, blue] = self.rgb.to_be_bytes();
        let mut color = Color::from_rgba8(red, green, blue, 255);
        color.set_alpha(self.opacity);
        color
    }
}

/// What a shape is filled with.
#[derive(Clone, Copy)]
pub(crate) enum Fill {
    /// One colour.
    Flat(Ink),
    /// From the first colour at the top to the second at the bottom of the shape.
    Down(Ink, Ink),
    /// Light in the middle, dark at both sides: what makes a bar look like a cylinder.
    Round(Ink, Ink),
}

impl From<Ink> for Fill {
    fn from(ink: Ink) -> Fill {
        Fill::Flat(ink)
    }
}

/// The sheet. Lengths are in pixels of the frame that is current.
pub(crate) struct Canvas {
    pixmap: Pixmap,
    frame: Transform,
}

impl Canvas {
    /// An empty sheet of one colour, `width` by `height` pixels.
    pub(crate) fn new(width: u32, height: u32, background: Ink) -> Canvas {
        let mut pixmap = Pixmap::new(width, height).expect("sizes are constants above zero");
        pixmap.fill(background.color());
        Canvas { pixmap, frame: Transform::identity() }
    }

    /// The finished pixels.
    pub(crate) fn into_pixmap(self) -> Pixmap {
        self.pixmap
    }

    /// Draws in a frame whose origin lies at (`x`, `y`), `scale` times as large, turned by
    /// `degrees`.
    pub(crate) fn placed(
        &mut self,
        (x, y): (f32, f32),
        scale: f32,
        degrees: f32,
        draw: impl FnOnce(&mut Canvas),
    ) {
        let outer = self.frame;
        self.frame = outer.pre_translate(x, y).pre_scale(scale, scale);
        self.frame = self.frame.pre_concat(Transform::from_rotate(degrees));
        draw(self);
        self.frame = outer;
    }

    /// A rectangle by its upper left corner, width and height.
    pub(crate) fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, fill: impl Into<Fill>) {
        self.polygon(&[(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill);
    }

    /// A closed shape through the given corners.
    pub(crate) fn polygon(&mut self, corners: &[(f32, f32)], fill: impl Into<Fill>) {
        if let Some(path) = through(corners, true) {
            self.fill(&path, fill.into());
        }
    }

    /// A full circle.
    pub(crate) fn circle(&mut self, (x, y): (f32, f32), radius: f32, fill: impl Into<Fill>) {
        if let Some(path) = PathBuilder::from_circle(x, y, radius) {
            self.fill(&path, fill.into());
        }
    }

    /// An ellipse inside the given rectangle.
    pub(crate) fn oval(&mut self, x: f32, y: f32, width: f32, height: f32, fill: impl Into<Fill>) {
        let bounds = tiny_skia::Rect::from_xywh(x, y, width, height);
        if let Some(path) = bounds.and_then(PathBuilder::from_oval) {
            self.fill(&path, fill.into());
        }
    }

    /// The rim of a circle.
    pub(crate) fn ring(&mut self, (x, y): (f32, f32), radius: f32, width: f32, ink: Ink) {
        if let Some(path) = PathBuilder::from_circle(x, y, radius) {
            self.stroke(&path, width, ink);
        }
    }

    /// Straight pieces from point to point.
    pub(crate) fn line(&mut self, points: &[(f32, f32)], width: f32, ink: Ink) {
        if let Some(path) = through(points, false) {
            self.stroke(&path, width, ink);
        }
    }

    /// A soft line that bends towards each inner point: wires, hoses, pen strokes.
    pub(crate) fn curve(&mut self, points: &[(f32, f32)], width: f32, ink: Ink) {
        let mut path = PathBuilder::new();
        path.move_to(points[0].0, points[0].1);
        for pair in points[1..].windows(2) {
            let middle = ((pair[0].0 + pair[1].0) / 2.0, (pair[0].1 + pair[1].1) / 2.0);
            path.quad_to(pair[0].0, pair[0].1, middle.0, middle.1);
        }
        let last = points[points.len() - 1];
        path.line_to(last.0, last.1);
        if let Some(path) = path.finish() {
            self.stroke(&path, width, ink);
        }
    }

    /// Text whose baseline starts at (`x`, `y`), `size` pixels high.
    pub(crate) fn text(&mut self, (x, y): (f32, f32), size: f32, ink: Ink, text: &str) {
        if let Some(path) = lettering::outline(text, size, x, y) {
            self.fill(&path, Fill::Flat(ink));
        }
    }

    /// Text whose baseline has its middle at (`x`, `y`).
    pub(crate) fn text_centred(&mut self, (x, y): (f32, f32), size: f32, ink: Ink, text: &str) {
        self.text((x - lettering::width(text, size) / 2.0, y), size, ink, text);
    }

    fn fill(&mut self, path: &Path, fill: Fill) {
        let paint = Paint { shader: shader(path, fill), anti_alias: true, ..Paint::default() };
        self.pixmap.fill_path(path, &paint, FillRule::Winding, self.frame, None);
    }

    fn stroke(&mut self, path: &Path, width: f32, ink: Ink) {
        let paint = Paint { shader: Shader::SolidColor(ink.color()), ..Paint::default() };
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        self.pixmap.stroke_path(path, &paint, &stroke, self.frame, None);
    }
}

fn through(points: &[(f32, f32)], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(points[0].0, points[0].1);
    points[1..].iter().for_each(|point| path.line_to(point.0, point.1));
    if closed {
        path.close();
    }
    path.finish()
}

fn shader(path: &Path, fill: Fill) -> Shader<'static> {
    let bounds = path.bounds();
    let (to, stops, flat) = match fill {
        Fill::Flat(ink) => return Shader::SolidColor(ink.color()),
        Fill::Down(top, bottom) => (
            Point::from_xy(bounds.left(), bounds.bottom()),
            vec![GradientStop::new(0.0, top.color()), GradientStop::new(1.0, bottom.color())],
            top,
        ),
        Fill::Round(light, dark) => (
            Point::from_xy(bounds.right(), bounds.top()),
            vec![
                GradientStop::new(0.0, dark.color()),
                GradientStop::new(0.35, light.color()),
                GradientStop::new(1.0, dark.color()),
            ],
            light,
        ),
    };
    let from = Point::from_xy(bounds.left(), bounds.top());
    // A shape without height or width has no gradient; its first colour is what one would see.
    LinearGradient::new(from, to, stops, SpreadMode::Pad, Transform::identity())
        .unwrap_or(Shader::SolidColor(flat.color()))
}
