//! PDF files: scanned pages as pictures, and a courseware page with text that can be searched.

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};

use crate::lettering;

/// A4 in points (1/72 inch), upright.
const A4_WIDTH: f32 = 595.0;
const A4_HEIGHT: f32 = 842.0;
/// How the one font is called on the page.
const FONT_NAME: Name<'static> = Name(b"F1");
/// How one picture is called on its page.
const PICTURE_NAME: Name<'static> = Name(b"Scan");
/// The embedded font's own name.
const BASE_FONT: Name<'static> = Name(b"NotoSansCJKsc-Regular");
/// Any glyph may stand for itself: glyph numbers are written as they are.
const IDENTITY: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Hands out object numbers, one after the other.
struct Numbers(i32);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

/// Each JPEG (`width` by `height` pixels) fills one A4 page.
pub(crate) fn scanned(pages: &[Vec<u8>], width: i32, height: i32) -> Vec<u8> {
    let (mut pdf, mut numbers) = (Pdf::new(), Numbers(0));
    let (catalog, tree) = (numbers.next(), numbers.next());
    let page_numbers: Vec<Ref> = pages.iter().map(|_| numbers.next()).collect();
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree).kids(page_numbers.iter().copied()).count(pages.len() as i32);
    for (jpeg, number) in pages.iter().zip(page_numbers) {
        let (picture, drawing) = (numbers.next(), numbers.next());
        let mut page = pdf.page(number);
        page.media_box(Rect::new(0.0, 0.0, A4_WIDTH, A4_HEIGHT)).parent(tree).contents(drawing);
        page.resources().x_objects().pair(PICTURE_NAME, picture);
        page.finish();
        let mut image = pdf.image_xobject(picture, jpeg);
        image.filter(Filter::DctDecode);
        image.width(width).height(height).bits_per_component(8);
        image.color_space().device_rgb();
        image.finish();
        let mut content = Content::new();
        content.save_state().transform([A4_WIDTH, 0.0, 0.0, A4_HEIGHT, 0.0, 0.0]);
        content.x_object(PICTURE_NAME).restore_state();
        pdf.stream(drawing, &content.finish());
    }
    pdf.finish()
}

/// One line of a text page: distance from the top and from the left, size, words.
pub(crate) struct TextLine<'a> {
    pub(crate) top: f32,
    pub(crate) left: f32,
    pub(crate) size: f32,
    pub(crate) text: &'a str,
}

/// One A4 page of text with the font embedded and a map back to Unicode.
pub(crate) fn text_page(lines: &[TextLine<'_>]) -> Vec<u8> {
    let (mut pdf, mut numbers) = (Pdf::new(), Numbers(0));
    let (catalog, tree, number) = (numbers.next(), numbers.next(), numbers.next());
    let (drawing, font) = (numbers.next(), numbers.next());
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree).kids([number]).count(1);
    let mut page = pdf.page(number);
    page.media_box(Rect::new(0.0, 0.0, A4_WIDTH, A4_HEIGHT)).parent(tree).contents(drawing);
    page.resources().fonts().pair(FONT_NAME, font);
    page.finish();
    pdf.stream(drawing, &drawing_of(lines));
    let used: String = lines.iter().map(|line| line.text).collect();
    embed_font(&mut pdf, &mut numbers, font, &used);
    pdf.finish()
}

fn drawing_of(lines: &[TextLine<'_>]) -> Vec<u8> {
    let face = lettering::face();
    let mut content = Content::new();
    content.set_fill_rgb(0.12, 0.31, 0.56).rect(0.0, A4_HEIGHT - 110.0, A4_WIDTH, 6.0);
    content.fill_nonzero().set_fill_rgb(0.1, 0.1, 0.1);
    for line in lines {
        let glyphs: Vec<u8> = line
            .text
            .chars()
            .flat_map(|character| lettering::glyph(&face, character).0.to_be_bytes())
            .collect();
        content.begin_text().set_font(FONT_NAME, line.size);
        content.next_line(line.left, A4_HEIGHT - line.top).show(Str(&glyphs)).end_text();
    }
    content.finish().into_vec()
}

fn embed_font(pdf: &mut Pdf, numbers: &mut Numbers, font: Ref, used: &str) {
    let (descendant, descriptor, map, file) =
        (numbers.next(), numbers.next(), numbers.next(), numbers.next());
    let face = lettering::face();
    let per_thousand = 1000.0 / f32::from(face.units_per_em());
    pdf.type0_font(font)
        .base_font(BASE_FONT)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(descendant)
        .to_unicode(map);
    let mut cid = pdf.cid_font(descendant);
    cid.subtype(CidFontType::Type2).base_font(BASE_FONT).system_info(IDENTITY);
    cid.font_descriptor(descriptor)
        .default_width(1000.0)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = cid.widths();
    let mut unicode = UnicodeCmap::new(Name(b"Samples"), IDENTITY);
    for character in used.chars() {
        let glyph = lettering::glyph(&face, character);
        let advance = f32::from(face.glyph_hor_advance(glyph).unwrap_or(1000)) * per_thousand;
        widths.consecutive(glyph.0, [advance]);
        unicode.pair(glyph.0, character);
    }
    widths.finish();
    cid.finish();
    let bounds = face.global_bounding_box();
    let scaled = |units: i16| f32::from(units) * per_thousand;
    pdf.font_descriptor(descriptor)
        .name(BASE_FONT)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(
            scaled(bounds.x_min),
            scaled(bounds.y_min),
            scaled(bounds.x_max),
            scaled(bounds.y_max),
        ))
        .italic_angle(0.0)
        .ascent(scaled(face.ascender()))
        .descent(scaled(face.descender()))
        .cap_height(733.0)
        .stem_v(80.0)
        .font_file2(file);
    pdf.cmap(map, &unicode.finish());
    pdf.stream(file, lettering::FONT).pair(Name(b"Length1"), lettering::FONT.len() as i32);
}
