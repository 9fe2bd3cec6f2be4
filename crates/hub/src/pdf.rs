//! PDF documents of text and lines: statements and invoices. Written by hand, because that is all they need: the two
//! Helvetica fonts that every reader has, in the encoding of Windows, which holds every letter of our four languages. A
//! letter beyond it becomes its nearest Latin one or a question mark. The same input gives the same bytes.
//!
//! Lengths are whole points (1/72 inch) from the top left corner of an A4 page.

use std::fmt::Write;

/// Width of a page.
pub const WIDTH: i32 = 595;
/// Height of a page.
pub const HEIGHT: i32 = 842;
/// Room at every edge.
pub const MARGIN: i32 = 50;
/// The lowest line that text may stand on; below is the foot.
const LOWEST: i32 = HEIGHT - 70;

/// A document that is being written.
pub struct Pdf {
    title: String,
    foot: String,
    pages: Vec<String>,
    /// Where the next line stands.
    pub y: i32,
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Size in points.
    pub size: i32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is grey.
    pub soft: bool,
}

/// What most text looks like.
pub const PLAIN: Look = Look { size: 9, bold: false, soft: false };
/// Figures that matter, and heads.
pub const BOLD: Look = Look { size: 9, bold: true, soft: false };
/// Notes.
pub const SOFT: Look = Look { size: 8, bold: false, soft: true };
/// The title.
pub const TITLE: Look = Look { size: 18, bold: true, soft: false };

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its left edge.
    pub left: i32,
    /// Its right edge.
    pub right: i32,
    /// Whether its texts stand at the right edge.
    pub to_right: bool,
}

impl Pdf {
    /// A document with its first page. The foot stands on every page beside the page's number.
    pub fn new(title: &str, foot: &str) -> Pdf {
        Pdf { title: title.to_owned(), foot: foot.to_owned(), pages: vec![String::new()], y: MARGIN + 18 }
    }

    /// Goes down, to a new page when there is no room for so many points. Tells whether a page began.
    pub fn room(&mut self, points: i32) -> bool {
        let full = self.y + points > LOWEST;
        if full {
            self.pages.push(String::new());
            self.y = MARGIN + 10;
        }
        full
    }

    /// Writes a text on the present line.
    pub fn text(&mut self, x: i32, look: Look, text: &str) {
        let y = self.y;
        self.text_at(x, y, look, text);
    }

    fn text_at(&mut self, x: i32, y: i32, look: Look, text: &str) {
        let (font, grey) = (if look.bold { "F2" } else { "F1" }, if look.soft { "0.4 g" } else { "0 g" });
        let page = self.pages.last_mut().expect("a document has a page");
        // Writing to a String cannot fail.
        let _ = writeln!(
            page,
            "BT {grey} /{font} {} Tf 1 0 0 1 {x} {} Tm ({}) Tj ET",
            look.size,
            HEIGHT - y,
            escaped(text)
        );
    }

    /// Writes a text that ends at a place.
    pub fn right(&mut self, x: i32, look: Look, text: &str) {
        self.text(x - width(text, look), look, text);
    }

    /// A thin line across the page below the present line of text.
    pub fn rule(&mut self) {
        let (page, y) = (self.pages.last_mut().expect("a document has a page"), HEIGHT - self.y - 4);
        let _ = writeln!(page, "0.75 G 0.5 w {MARGIN} {y} m {} {y} l S", WIDTH - MARGIN);
    }

    /// One row of a table; texts are broken into lines inside their columns. Tells whether it began a page.
    pub fn row(&mut self, columns: &[Column], look: Look, cells: &[&str]) -> bool {
        let wrapped: Vec<Vec<String>> =
            columns.iter().zip(cells).map(|(column, cell)| wrap(cell, column.right - column.left, look)).collect();
        let lines = i32::try_from(wrapped.iter().map(Vec::len).max().unwrap_or(1)).unwrap_or(1);
        let step = look.size + 3;
        let began = self.room(lines * step);
        for line in 0..wrapped.iter().map(Vec::len).max().unwrap_or(1) {
            for (column, cell) in columns.iter().zip(&wrapped) {
                let Some(text) = cell.get(line) else { continue };
                if column.to_right {
                    self.right(column.right, look, text);
                } else {
                    self.text(column.left, look, text);
                }
            }
            self.y += step;
        }
        began
    }

    /// The whole file.
    pub fn finish(mut self) -> Vec<u8> {
        let count = self.pages.len();
        for number in 1..=count {
            let last = self.pages.split_off(number);
            let (foot, page) = (self.foot.clone(), format!("{number} / {count}"));
            self.text_at(MARGIN, HEIGHT - 40, SOFT, &foot);
            self.text_at(WIDTH - MARGIN - width(&page, SOFT), HEIGHT - 40, SOFT, &page);
            self.pages.extend(last);
        }
        let kids: Vec<String> = (0..count).map(|page| format!("{} 0 R", 6 + 2 * page)).collect();
        let font =
            |name: &str| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>");
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!("<< /Type /Pages /Kids [{}] /Count {count} >>", kids.join(" ")),
            font("Helvetica"),
            font("Helvetica-Bold"),
            format!("<< /Title ({}) /Producer (Passerelle) >>", escaped(&self.title)),
        ];
        for (index, content) in self.pages.iter().enumerate() {
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {} 0 R \
                 /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
                7 + 2 * index
            ));
            objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
        }
        assembled(&objects)
    }
}

/// The objects with the table of their places.
fn assembled(objects: &[String]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let table = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ =
        write!(file, "trailer\n<< /Size {} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    // Texts are escaped, so every character is ASCII and a byte.
    file.into_bytes()
}

/// A text as a PDF string: its bytes in the encoding of Windows, those beyond ASCII in octal.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match winansi(c) {
            b @ (b'(' | b')' | b'\\') => {
                out.push('\\');
                out.push(char::from(b));
            }
            b @ 32..=126 => out.push(char::from(b)),
            b => {
                let _ = write!(out, "\\{b:03o}");
            }
        }
    }
    out
}

fn winansi(c: char) -> u8 {
    match c {
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\t' | '\n' | '\r' => b' ',
        '€' => 0x80,
        '‚' => 0x82,
        '„' => 0x84,
        '…' => 0x85,
        'Š' => 0x8a,
        'Œ' => 0x8c,
        'Ž' => 0x8e,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '−' => b'-',
        'š' => 0x9a,
        'œ' => 0x9c,
        'ž' => 0x9e,
        'Ÿ' => 0x9f,
        ' '..='~' | '\u{a1}'..='\u{ff}' => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        'ą' | 'ă' | 'ā' => b'a',
        'ć' | 'č' => b'c',
        'ď' | 'đ' => b'd',
        'ę' | 'ě' | 'ē' => b'e',
        'ğ' => b'g',
        'ı' | 'ī' => b'i',
        'ł' | 'ľ' => b'l',
        'ń' | 'ň' => b'n',
        'ő' | 'ō' => b'o',
        'ř' => b'r',
        'ś' | 'ş' | 'ș' => b's',
        'ť' | 'ţ' | 'ț' => b't',
        'ű' | 'ů' | 'ū' => b'u',
        'ź' | 'ż' => b'z',
        'Ć' | 'Č' => b'C',
        'Ł' => b'L',
        'Ś' | 'Ş' | 'Ș' => b'S',
        'Ř' => b'R',
        'Ź' | 'Ż' => b'Z',
        'İ' => b'I',
        _ => b'?',
    }
}

/// Advance widths of Helvetica from blank to tilde, in thousandths of the size.
#[rustfmt::skip]
const WIDTHS: [i32; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// How wide a text is, in points, rounded up. Letters of the bold font count a little more than in the plain one.
pub fn width(text: &str, look: Look) -> i32 {
    let of = |c: char| {
        let byte = winansi(c);
        let plain = match byte {
            32..=126 => WIDTHS[usize::from(byte) - 32],
            0xc0..=0xdd => 700,
            _ => 556,
        };
        if look.bold && !c.is_ascii_digit() && !matches!(c, '.' | ',' | ' ' | '\u{a0}' | '-' | '€') {
            plain * 107 / 100
        } else {
            plain
        }
    };
    let thousandths: i32 = text.chars().map(of).sum::<i32>() * look.size;
    (thousandths + 999) / 1000
}

/// Breaks a text into lines of at most so many points, between words where there are any.
fn wrap(text: &str, points: i32, look: Look) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is a line");
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, look) <= points {
            *line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(String::new());
        }
        for c in word.chars() {
            let line = lines.last_mut().expect("there is a line");
            if width(line, look) + width(&c.to_string(), look) > points && !line.is_empty() {
                lines.push(c.to_string());
            } else {
                line.push(c);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_knows_where_its_objects_are() {
        let mut pdf = Pdf::new("Title (1)", "foot");
        for line in 0..100 {
            pdf.row(&[Column { left: 50, right: 300, to_right: false }], PLAIN, &[&format!("Été {line} € (ü)")]);
        }
        let bytes = pdf.finish();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.is_ascii() && text.contains("/Count 2") && text.contains(r"\311t\351 99 \200 \(\374\)"));
        let table: usize = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
        let entries = text[table..].lines().skip(3).take_while(|line| line.ends_with(" n "));
        let mut count = 0;
        for (index, entry) in entries.enumerate() {
            let place: usize = entry[..10].parse().unwrap();
            assert!(text[place..].starts_with(&format!("{} 0 obj", index + 1)), "{entry}");
            count += 1;
        }
        assert_eq!(count, 9);
    }

    #[test]
    fn long_texts_are_broken_and_nothing_of_them_is_lost() {
        let text = "INVOICE2026000000000000000000000000000000000000000042 for the works of March";
        let lines = wrap(text, 120, PLAIN);
        assert!(lines.len() > 2 && lines.iter().all(|line| width(line, PLAIN) <= 120));
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn every_letter_of_the_four_languages_is_written() {
        for c in "äöüßéèêëàâçîïôùûœÄÖÜÉÈÀÇŒ€«»’„“–".chars() {
            assert_ne!(winansi(c), b'?', "{c}");
        }
    }
}
