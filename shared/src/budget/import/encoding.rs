//! The bytes of a file: only UTF-8 is taken; anything else is refused by its name, never guessed into text.

/// The text of the file without its byte-order mark, or what it is instead and what to do.
pub fn text(bytes: &[u8]) -> Result<&str, String> {
    const MARK: &[u8] = &[0xEF, 0xBB, 0xBF];
    let refused = |what: &str| Err(format!("This file is {what}. Save it again as “CSV UTF-8” and take it once more."));
    match bytes {
        [] => return Err("This file is empty.".to_owned()),
        [0xFF, 0xFE, ..] => return refused("UTF-16 (little-endian), not UTF-8"),
        [0xFE, 0xFF, ..] => return refused("UTF-16 (big-endian), not UTF-8"),
        [b'P', b'K', 3, 4, ..] => return refused("an Excel workbook or ZIP archive, not CSV"),
        [b'%', b'P', b'D', b'F', ..] => return refused("a PDF document, not CSV"),
        _ => {}
    }
    if bytes.contains(&0) {
        return refused("UTF-16 without its mark, or no text at all, not UTF-8");
    }
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        format!(
            "This file is not UTF-8; line {line} reads like Windows-1252 (byte {byte:02X}). Save it again as “CSV UTF-8” and take it once more."
        )
    })
}

/// The character that separates the cells of the heading: comma, semicolon, tab or bar.
pub fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == byte) {
                    *count += 1;
                }
            }
        }
    }
    // The first of equals wins, so a file of one column reads as comma-separated.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(byte, _)| *byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_refused_by_name() {
        assert_eq!(text("\u{feff}code\n1".as_bytes()), Ok("code\n1"));
        let refused = |bytes: &[u8]| text(bytes).err().unwrap_or_default();
        assert!(refused(b"code,name\n1,Caf\xe9\n").contains("line 2 reads like Windows-1252 (byte E9)"));
        assert!(refused(b"\xff\xfec\0o\0").contains("UTF-16 (little-endian)"));
        assert!(refused(b"\xfe\xff\0c\0o").contains("UTF-16 (big-endian)"));
        assert!(refused(b"c\0o\0d\0e\0").contains("UTF-16 without its mark"));
        assert!(refused(b"PK\x03\x04rest").contains("Excel workbook"));
        assert!(refused(b"").contains("empty"));
    }

    #[test]
    fn the_delimiter_is_what_separates_the_heading() {
        assert_eq!(delimiter("a,b,c\n1;2;3;4;5"), b',');
        assert_eq!(delimiter("a;\"b,c,d,e\";f"), b';');
        assert_eq!(delimiter("a\tb\tc"), b'\t');
        assert_eq!(delimiter("code"), b',');
    }
}
