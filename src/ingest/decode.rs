//! Bytes to Unicode.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// How many characters had to be replaced by U+FFFD.
    pub replaced: usize,
    /// The character set that it was read as.
    pub charset: &'static str,
}

/// Decodes a page, or gives nothing for what is no text.
///
/// A byte order mark decides; then UTF-16 by where its NULs stand; then UTF-8, if the bytes are valid and
/// not plain ASCII (a page saved anew as UTF-8 often still declares what it was); then `served`, the character set that the
/// server named, if it was fetched; then what the page declares in its first bytes; then the statistics of the bytes, which are asked about Chinese first.
pub(super) fn decode(bytes: &[u8], served: Option<&str>) -> Option<Decoded> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(decode_as(bytes, encoding)).filter(|d| !d.text.contains('\0'));
    }
    match bytes.iter().filter(|b| **b == 0).count() {
        0 => eight_bit(bytes, served),
        nuls if nuls * STRAY_NULS >= bytes.len() => utf16_by_nul(bytes),
        // UTF-16 of Chinese alone has few NULs; so has any page into which some have strayed.
        nuls => utf16_by_nul(bytes).filter(looks_chinese).or_else(|| {
            let rest: Vec<u8> = bytes.iter().copied().filter(|b| *b != 0).collect();
            eight_bit(&rest, served).map(|decoded| Decoded { replaced: decoded.replaced + nuls, ..decoded })
        }),
    }
}

/// Up to one byte in so many, NULs are taken for strays.
const STRAY_NULS: usize = 20;

/// Whether a good part of what is not ASCII are the most frequent Chinese characters.
fn looks_chinese(decoded: &Decoded) -> bool {
    let beyond = || decoded.text.chars().filter(|c| c.is_alphanumeric() && !c.is_ascii());
    beyond().filter(|c| COMMON.contains(*c)).count() * 5 >= beyond().count()
}

/// Decodes what has no NUL.
fn eight_bit(bytes: &[u8], served: Option<&str>) -> Option<Decoded> {
    if is_binary(bytes) {
        return None;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Some(decode_as(bytes, UTF_8));
    }
    let detected = decode_as(bytes, detect(bytes));
    let served = served.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|e| !is_utf16(e));
    let served = served.map(|encoding| decode_as(bytes, encoding)).filter(mostly_sound);
    let declared = declared(bytes).map(|encoding| decode_as(bytes, encoding));
    let utf8 = Some(decode_as(bytes, UTF_8)).filter(mostly_sound);
    // A declaration is believed as long as the bytes do not disprove it.
    Some(served.or(declared.filter(mostly_sound)).or(utf8).unwrap_or(detected))
}

/// Whether hardly a character beyond ASCII had to be replaced.
fn mostly_sound(decoded: &Decoded) -> bool {
    let beyond_ascii = decoded.text.chars().filter(|c| !c.is_ascii()).count();
    decoded.replaced * 10 <= beyond_ascii.saturating_sub(decoded.replaced)
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, used, _) = encoding.decode(bytes);
    let replaced = text.matches('\u{FFFD}').count();
    Decoded { text: text.into_owned(), replaced, charset: used.name() }
}

/// UTF-16 without a byte order mark: every ASCII character brings a NUL, always on the same side.
fn utf16_by_nul(bytes: &[u8]) -> Option<Decoded> {
    let (mut even, mut odd) = (0usize, 0usize);
    for (i, _) in bytes.iter().enumerate().filter(|(_, b)| **b == 0) {
        if i % 2 == 0 { even += 1 } else { odd += 1 }
    }
    let encoding = match (even, odd) {
        (0, _) => UTF_16LE,
        (_, 0) => UTF_16BE,
        _ if odd >= even * 20 => UTF_16LE,
        _ if even >= odd * 20 => UTF_16BE,
        _ => return None,
    };
    let decoded = decode_as(bytes, encoding);
    let readable = |c: &char| c.is_alphanumeric() || c.is_ascii_graphic() || c.is_whitespace();
    let (all, good) = (decoded.text.chars().count(), decoded.text.chars().filter(readable).count());
    let sound = decoded.replaced * 100 <= all && !decoded.text.contains('\0');
    (sound && good * 10 >= all * 7).then_some(decoded)
}

/// Whether bytes without NUL are no text all the same: a known file signature, or control characters.
fn is_binary(bytes: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 6] =
        [b"%PDF-", b"PK\x03\x04", b"\x1F\x8B", b"\x89PNG", b"GIF8", b"\xFF\xD8\xFF"];
    let start = bytes.get(..4096).unwrap_or(bytes);
    let control = start.iter().filter(|b| matches!(b, 1..=8 | 14..=26 | 28..=31 | 127)).count();
    SIGNATURES.iter().any(|s| bytes.starts_with(s)) || control * 20 > start.len()
}

/// The character set that an HTML page declares: `charset=` within the first bytes
/// (<https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding>).
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..4096).unwrap_or(bytes).to_ascii_lowercase();
    let at = start.windows(8).position(|w| w == b"charset=")?;
    let label = start.get(at + 8..)?;
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b)));
    let encoding = Encoding::for_label(label.get(..end.unwrap_or(label.len()))?)?;
    // A page whose declaration can be read as ASCII is not UTF-16.
    Some(if is_utf16(encoding) { UTF_8 } else { encoding })
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// The most frequent characters of Chinese, simplified and traditional
/// (Jun Da, Modern Chinese Character Frequency List, 2004, its head): a wrong character set yields rare ones.
const COMMON: &str = "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后\
小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进\
把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世\
气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金\
何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百\
這個來國說們爲為時會對過學後發開見經頭從動兩長樣現將與進實點種聲話兒問機給幾業間電門東氣關並內產萬處總場師書員華報馬張難數\
應車觀題統讓認論網駭漏洞攻擊網絡安全軟件黑客據數";

/// Guesses the character set of bytes that are not UTF-8.
///
/// The detector takes short GBK for Korean, so the Chinese readings are weighed against its guess.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    // A few accented letters in English text form no Chinese.
    if guess.is_single_byte() && high * 5 < bytes.len() {
        return guess;
    }
    let mut best = (0, guess);
    for encoding in [GB18030, BIG5] {
        let read = decode_as(bytes.get(..65_536).unwrap_or(bytes), encoding);
        let chars = read.text.chars().filter(|c| !c.is_ascii()).count();
        let common = read.text.chars().filter(|&c| COMMON.contains(c)).count();
        if read.replaced <= 1 + chars / 100 && common * 10 >= chars && common > best.0 {
            best = (common, encoding);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_KR, GBK};
    use proptest::prelude::*;

    const CHINESE: &str = "某公司的服务器被黑客入侵，用户数据在网上出现。";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn reads_the_character_sets_of_chinese_pages() {
        assert_eq!(decode(CHINESE.as_bytes(), None).unwrap().text, CHINESE);
        assert_eq!(decode(&GBK.encode(CHINESE).0, None).unwrap().text, CHINESE);
        let traditional = "某公司的伺服器被駭客入侵，用戶資料在網路上出現。";
        assert_eq!(decode(&BIG5.encode(traditional).0, None).unwrap().text, traditional);
        for little in [true, false] {
            let page = format!("<p>{CHINESE}</p>\n");
            assert_eq!(decode(&utf16(&page, little), None).unwrap().text, page);
        }
    }

    #[test]
    fn short_gbk_is_not_korean() {
        for text in ["黑客入侵了政府的网站", "数据泄露", "安全公司发现新的漏洞"] {
            assert_eq!(decode(&GBK.encode(text).0, None).unwrap().text, text);
        }
    }

    #[test]
    fn believes_the_declaration_unless_the_bytes_disprove_it() {
        let page = format!("<html><head><meta charset=gb2312></head><p>{CHINESE}");
        assert_eq!(decode(&GBK.encode(&page).0, None).unwrap().text, page);
        assert_eq!(decode(page.as_bytes(), None).unwrap().text, page);
        let korean = "<meta http-equiv='Content-Type' content='text/html; charset=euc-kr'>한국어 페이지";
        assert_eq!(decode(&EUC_KR.encode(korean).0, None).unwrap().text, korean);
    }

    #[test]
    fn byte_order_marks_go_and_bad_bytes_are_counted() {
        assert_eq!(decode(b"\xEF\xBB\xBFabc", None).unwrap().text, "abc");
        let mut cut = CHINESE.repeat(10).into_bytes();
        cut.pop();
        let decoded = decode(&cut, None).unwrap();
        assert_eq!((decoded.replaced, decoded.charset), (1, "UTF-8"));
    }

    #[test]
    fn binaries_are_no_text() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", None), None);
        assert_eq!(decode(b"%PDF-1.7 abc", None), None);
        assert_eq!(decode(&[7; 100], None), None);
        assert_eq!(decode(b"a\0b\0\0c", None), None);
    }

    #[test]
    fn a_stray_nul_makes_no_utf16() {
        let english = "The company has confirmed the incident. ".repeat(5);
        for page in [english.as_str(), &CHINESE.repeat(3)] {
            let mut bytes = page.as_bytes().to_vec();
            bytes.insert(page.find([' ', '。']).unwrap(), 0);
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.replaced), (page, 1));
        }
        let chinese = CHINESE.repeat(3);
        assert_eq!(decode(&utf16(&format!("{chinese}\n"), true), None).unwrap().text, format!("{chinese}\n"));
    }

    #[test]
    fn accented_english_stays_western() {
        let text =
            b"The caf\xE9 said its na\xEFve customers were fooled by the fake page, and nobody knew why.";
        assert!(decode(text, None).unwrap().text.contains("café"));
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(&bytes, None);
        }

        #[test]
        fn utf8_comes_back(text in "[^\u{0}-\u{1F}\u{7F}\u{FEFF}]{0,80}") {
            prop_assume!(!text.starts_with("%PDF-") && !text.starts_with("GIF8"));
            prop_assert_eq!(decode(text.as_bytes(), None).unwrap().text, text);
        }
    }
}
