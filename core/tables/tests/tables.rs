//! Files as townships have them, and files that were made to hurt.

use angen_tables::{Cell, CellFault, Encoding, Reason, limits, read};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

/// Row numbers with the texts of their cells, of the only sheet.
fn texts(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
    let table = read(bytes).expect("a table that can be read");
    assert_eq!(table.sheets.len(), 1);
    let texts = |row: &angen_tables::Row<Cell>| {
        (row.number, row.cells.values().map(|cell| cell.text.clone()).collect())
    };
    table.sheets[0].rows.iter().map(texts).collect()
}

fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
    (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn the_same_text_in_every_encoding_is_the_same_table() {
    let text = "企业名称,地址\n日照镕鑫机械厂,𠮷祥路\u{3400}号\n";
    let gb18030 = encoding_rs::GB18030.encode(text).0.into_owned();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let utf16: Vec<u8> =
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (marked, Encoding::Utf8),
        (utf16, Encoding::Utf16),
        (gb18030, Encoding::Gb18030),
    ] {
        assert_eq!(read(&bytes).unwrap().encoding, Some(encoding));
        let expected =
            [row(1, &["企业名称", "地址"]), row(2, &["日照镕鑫机械厂", "𠮷祥路\u{3400}号"])];
        assert_eq!(texts(&bytes), expected, "{}", encoding.name());
    }
}

#[test]
fn rows_are_numbered_as_excel_numbers_them() {
    let text = "a,b\r\n\r\n\"two\r\nlines\",\"say \"\"yes\"\"\"\r\n,,\r\n5\" pipe,6\" pipe\r\n7,8";
    let expected = [
        row(1, &["a", "b"]),
        row(3, &["two\r\nlines", "say \"yes\""]),
        row(5, &["5\" pipe", "6\" pipe"]),
        row(6, &["7", "8"]),
    ];
    assert_eq!(texts(text.as_bytes()), expected);
    assert_eq!(texts(b"a\tb, c\tx\n\nd\te\n"), [row(1, &["a", "b, c", "x"]), row(3, &["d", "e"])]);
    assert_eq!(texts(b"a;b\r\rc;d"), [row(1, &["a", "b"]), row(3, &["c", "d"])]);
}

#[test]
fn a_quote_that_is_never_closed_is_refused_and_swallows_nothing() {
    let refusal = read("名称,地址\n甲,\"乙\n丙,丁\n".as_bytes()).unwrap_err();
    assert_eq!(refusal.reason, Reason::NotATable);
    assert!(refusal.zh.contains("引号"), "{refusal:?}");
}

#[test]
fn what_is_no_table_is_refused_with_what_to_do() {
    for bytes in [&b"\xd0\xcf\x11\xe0 old"[..], b"PK\x03\x04 broken", b"\xff\x00\x01", b"a\0b"] {
        let refusal = read(bytes).unwrap_err();
        assert_eq!(refusal.reason, Reason::NotATable, "{bytes:?}");
        assert!(refusal.zh.contains(".xlsx") && refusal.en.contains(".xlsx"), "{refusal:?}");
    }
    let long = vec![b'a'; limits::CSV_BYTES_MAX + 1];
    assert_eq!(read(&long).unwrap_err().reason, Reason::TooLarge);
    let far = ",".repeat(limits::COLUMNS_MAX as usize) + "x";
    assert_eq!(read(far.as_bytes()).unwrap_err().reason, Reason::TooLarge);
    let deep = "\n".repeat(limits::ROWS_MAX as usize) + "x";
    assert_eq!(read(deep.as_bytes()).unwrap_err().reason, Reason::TooLarge);
}

#[test]
fn a_long_number_that_excel_has_rounded_is_told_and_a_day_is_a_day() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("企业").unwrap();
    sheet.write(0, 0, 371_102_199_001_010_010_u64 as f64).unwrap();
    sheet.write(0, 1, 123_456_789_012_345.0).unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let date = ExcelDateTime::from_ymd(2028, 6, 30).unwrap();
    sheet.write_with_format(0, 2, &date, &day).unwrap();
    let moment = ExcelDateTime::from_ymd(2028, 6, 30).unwrap().and_hms(8, 30, 0).unwrap();
    sheet.write_with_format(0, 3, &moment, &day).unwrap();
    sheet.write_formula(0, 4, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(0, 5, " 371102199001010010 ").unwrap();
    let table = read(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!((table.sheets[0].name.as_str(), table.encoding), ("企业", None));
    let cells = &table.sheets[0].rows[0].cells;
    assert_eq!(cells[&0].fault, Some(CellFault::LostDigits));
    assert_eq!(cells[&1], Cell::text("123456789012345"));
    assert_eq!(cells[&2], Cell::text("2028-06-30"));
    assert_eq!(cells[&3].fault, Some(CellFault::TimeOfDay));
    assert_eq!(cells[&5], Cell::text("371102199001010010"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn what_a_writer_of_csv_writes_is_read_back_cell_for_cell(
        rows in prop::collection::vec(prop::collection::vec("[a甲\" ,;\r\n]{0,6}", 2..5), 1..8),
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        // The header decides what stands between cells.
        writer.write_record(["x", "y", "z", "u", "v", "w", "q", "p"]).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let held = texts(&writer.into_inner().unwrap());
        let cells = |row: &Vec<String>| -> Vec<String> {
            let texts = row.iter().map(|cell| cell.trim().to_owned());
            texts.filter(|cell| !cell.is_empty()).collect()
        };
        let expected: Vec<_> = (2..).zip(rows.iter().map(cells)).collect();
        let expected: Vec<_> =
            expected.into_iter().filter(|(_, row): &(u32, Vec<String>)| !row.is_empty()).collect();
        prop_assert_eq!(&held[1..], &expected[..]);
    }
}
