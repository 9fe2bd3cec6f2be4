//! A ZIP archive that is written as it goes: each file is stored as it is, so every program opens it, and only the list of
//! files is held in memory. Archives beyond four gigabytes or 65,535 files carry the larger fields (ZIP64).

/// An archive that is being written. What its functions give is to be sent in their order.
#[derive(Default)]
pub struct Zip {
    directory: Vec<u8>,
    files: u64,
    written: u64,
}

/// A field of four bytes that says: look into the larger one.
const BEYOND: u32 = u32::MAX;

impl Zip {
    /// What stands before the content of a file; the content follows it. Names may hold slashes.
    ///
    /// # Panics
    /// When one file is larger than four gigabytes or its name than 64 kilobytes: ours are pages of a few megabytes.
    pub fn head(&mut self, name: &str, content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len()).expect("a file of an archive is a page").to_le_bytes();
        let name_size = u16::try_from(name.len()).expect("a name is short").to_le_bytes();
        // Version 2.0 (4.5 with larger fields), names in UTF-8, stored, 1 January 1980: the files themselves tell when.
        let offset = u32::try_from(self.written).ok().filter(|offset| *offset != BEYOND);
        let version = if offset.is_some() { 20 } else { 45 };
        let mut common = vec![version, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
        common.extend(crc32(content).to_le_bytes());
        common.extend(size);
        common.extend(size);
        common.extend(name_size);
        let mut head = b"PK\x03\x04".to_vec();
        head.extend(&common);
        head.extend([0, 0]);
        head.extend(name.as_bytes());

        let extra = match offset {
            Some(_) => Vec::new(),
            None => [&[1, 0, 8, 0], &self.written.to_le_bytes()[..]].concat(),
        };
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend([version, 0]);
        self.directory.extend(&common);
        self.directory.extend(u16::try_from(extra.len()).expect("twelve bytes").to_le_bytes());
        self.directory.extend([0; 10]);
        self.directory.extend(offset.unwrap_or(BEYOND).to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.directory.extend(extra);
        self.files += 1;
        self.written += (head.len() + content.len()) as u64;
        head
    }

    /// The end of the archive.
    pub fn finish(mut self) -> Vec<u8> {
        let (offset, size) = (self.written, self.directory.len() as u64);
        let large = self.files > 0xFFFE || offset >= u64::from(BEYOND) || size >= u64::from(BEYOND);
        let mut end = std::mem::take(&mut self.directory);
        if large {
            end.extend(b"PK\x06\x06");
            end.extend(44u64.to_le_bytes());
            end.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            for number in [self.files, self.files, size, offset] {
                end.extend(number.to_le_bytes());
            }
            end.extend(b"PK\x06\x07\0\0\0\0");
            end.extend((offset + size).to_le_bytes());
            end.extend([1, 0, 0, 0]);
        }
        let short = |number: u64| u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes();
        let long = |number: u64| u32::try_from(number).unwrap_or(BEYOND).to_le_bytes();
        end.extend(b"PK\x05\x06\0\0\0\0");
        end.extend(short(self.files));
        end.extend(short(self.files));
        end.extend(long(size));
        end.extend(long(offset));
        end.extend([0, 0]);
        end
    }
}

/// CRC-32 as ZIP wants it (ISO 3309, reflected).
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            let (mut value, mut bit) = (byte as u32, 0);
            while bit < 8 {
                value = if value & 1 == 1 { 0xEDB8_8320 ^ (value >> 1) } else { value >> 1 };
                bit += 1;
            }
            table[byte] = value;
            byte += 1;
        }
        table
    };
    !bytes.iter().fold(u32::MAX, |crc, byte| TABLE[usize::from(crc.to_le_bytes()[0] ^ byte)] ^ (crc >> 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    fn archive(files: usize, content: &[u8]) -> Vec<u8> {
        let mut zip = Zip::default();
        let mut bytes = Vec::new();
        for number in 0..files {
            bytes.extend(zip.head(&format!("folder/é{number}.json"), content));
            bytes.extend(content);
        }
        bytes.extend(zip.finish());
        bytes
    }

    #[test]
    fn another_program_reads_it_also_with_very_many_files() {
        for (files, content) in [(0, &b""[..]), (3, b"hello"), (66_000, b"[]")] {
            let file = std::env::temp_dir().join(format!("passerelle-zip-{}-{files}.zip", std::process::id()));
            std::fs::write(&file, archive(files, content)).unwrap();
            let script = "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; \
                          n=z.namelist(); print(len(n), n[-1:], {z.read(m) for m in n[-2:]})";
            let told = std::process::Command::new("python3").args(["-c", script]).arg(&file).output().unwrap();
            std::fs::remove_file(&file).unwrap();
            let told = String::from_utf8(told.stdout).unwrap();
            let want = match files {
                0 => "0 [] set()".to_owned(),
                _ => format!("{files} ['folder/é{}.json'] {{b'{}'}}", files - 1, std::str::from_utf8(content).unwrap()),
            };
            assert_eq!(told.trim(), want);
        }
    }
}
