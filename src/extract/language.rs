//! Which language an article is in, and what in it is in a third one.

use super::paragraphs::Piece;
use crate::model::{Lang, ParagraphKind};
use crate::text::han;
use crate::text::letters::is_alphanumeric;
use unicode_normalization::char::is_combining_mark;
use whatlang::Script;

/// What speaks for a paragraph's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Chinese or English.
    Ours,
    /// Another language, by its English name.
    Third(&'static str),
    /// Too short, or code: its neighbours decide.
    Open,
}

/// The share of these among the words of English prose is a third or more (Brown corpus); names and code have none.
const ENGLISH: [&str; 40] = [
    "the", "of", "and", "to", "a", "in", "that", "is", "was", "for", "it", "with", "as", "on", "be", "at",
    "by", "this", "had", "not", "are", "but", "from", "or", "have", "an", "they", "which", "you", "were",
    "their", "can", "has", "been", "will", "its", "who", "when", "if", "more",
];

/// The least letters for which a statistical guess is worth anything.
const ENOUGH: usize = 60;

/// What the characters of a text are, told in one pass.
#[derive(Debug, Clone, Copy, Default)]
struct Census {
    /// Letters and digits.
    letters: usize,
    /// Those that are no combining marks.
    bases: usize,
    han: usize,
    kana: usize,
    /// Letters of a script that is neither Latin nor Han.
    others: usize,
}

impl Census {
    fn of(text: &str) -> Self {
        let mut census = Self::default();
        text.chars().for_each(|c| census.add(c));
        census
    }

    fn add(&mut self, c: char) {
        if c.is_ascii() {
            let counts = usize::from(c.is_ascii_alphanumeric());
            self.letters += counts;
            self.bases += counts;
        } else if is_alphanumeric(c) {
            let is_han = han::is_han(c);
            let is_other = !is_han && c > '\u{24F}' && c.is_alphabetic() && !is_latin_extra(c);
            self.letters += 1;
            self.bases += usize::from(is_han || !is_combining_mark(c));
            self.han += usize::from(is_han);
            self.others += usize::from(is_other);
        }
        self.kana += usize::from(matches!(c, '\u{3041}'..='\u{30FA}'));
    }

    /// The share of Han, 0–1, as [`han::share`] has it.
    fn han_share(&self) -> f32 {
        if self.bases == 0 { 0.0 } else { self.han as f32 / self.bases as f32 }
    }

    fn with(self, other: &Self) -> Self {
        Self {
            letters: self.letters + other.letters,
            bases: self.bases + other.bases,
            han: self.han + other.han,
            kana: self.kana + other.kana,
            others: self.others + other.others,
        }
    }
}

/// What is known of a paragraph.
#[derive(Debug, Clone, Copy)]
struct Known {
    census: Census,
    is_english: bool,
    verdict: Verdict,
}

impl Known {
    fn of(piece: &Piece) -> Self {
        let census = Census::of(&piece.text);
        let is_english = looks_english(&piece.text);
        Self { census, is_english, verdict: verdict(&piece.text, piece.kind, &census, is_english) }
    }
}

/// The languages of an article's paragraphs, each of which is looked at once.
#[derive(Debug)]
pub(super) struct Languages(Vec<Known>);

impl Languages {
    /// Looks at all paragraphs.
    pub fn of(pieces: &[Piece]) -> Self {
        Self(pieces.iter().map(Known::of).collect())
    }

    /// The language of the article that `pieces` are: Chinese if about a third of its letters are Han (product names
    /// and code take the rest), else English if most of it is.
    pub fn of_article(&self, title: Option<&str>, pieces: &[Piece]) -> Option<Lang> {
        let all = || self.0.iter().map(|known| &known.census);
        let is_prose = |p: &Piece| !matches!(p.kind, ParagraphKind::Code | ParagraphKind::TableCell);
        let prose = all().zip(pieces).filter(|(_, p)| is_prose(p)).map(|(census, _)| census);
        let mut whole = prose.fold(Census::default(), Census::with);
        if whole.letters == 0 {
            whole = all().fold(Census::default(), Census::with);
        }
        let title = title.unwrap_or("");
        let share = whole.han_share();
        if share >= 0.3 || (share >= 0.1 && han::share(title) >= 0.3) {
            return (whole.kana * 5 <= whole.han).then_some(Lang::Zh);
        }
        let letters = |is_it: fn(&Known) -> bool| -> usize {
            self.0.iter().filter(|known| is_it(known)).map(|known| known.census.letters).sum()
        };
        let english = letters(|known| known.is_english);
        let foreign = letters(|known| matches!(known.verdict, Verdict::Third(_)));
        (english > 0 && english * 2 >= foreign || foreign == 0 && looks_english(title)).then_some(Lang::En)
    }

    /// Takes out the paragraphs that are neither Chinese nor English; gives the language and how many they were.
    ///
    /// A lone paragraph stays unless it is long: it may be a quotation, or a list of names that misled the guess.
    /// Short ones go with their neighbours, as does a heading behind a rule that heads a stretch taken out.
    pub fn take_third(&mut self, pieces: &mut Vec<Piece>) -> Option<(&'static str, usize)> {
        let mut verdicts: Vec<Verdict> = self.0.iter().map(|known| known.verdict).collect();
        spread(&mut verdicts, pieces);
        let mut keep = vec![true; pieces.len()];
        let mut language = None;
        let mut at = 0;
        while at < verdicts.len() {
            let run = verdicts.iter().skip(at).take_while(|v| matches!(v, Verdict::Third(_))).count();
            if run == 0 {
                at += 1;
                continue;
            }
            let size: usize = self.0.iter().skip(at).take(run).map(|known| known.census.letters).sum();
            if run >= 2 || size >= 200 {
                keep.iter_mut().skip(at).take(run).for_each(|k| *k = false);
                if let Some(Verdict::Third(name)) = verdicts.get(at) {
                    language.get_or_insert(*name);
                }
            }
            at += run;
        }
        let before = pieces.len();
        let mut kept = keep.iter();
        pieces.retain(|_| kept.next().copied().unwrap_or(true));
        let mut kept = keep.iter();
        self.0.retain(|_| kept.next().copied().unwrap_or(true));
        language.map(|name| (name, before - pieces.len()))
    }
}

/// Lets neighbours decide what is open.
fn spread(verdicts: &mut [Verdict], pieces: &[Piece]) {
    let mut at = 0;
    while at < verdicts.len() {
        let open = verdicts.iter().skip(at).take_while(|v| **v == Verdict::Open).count();
        if open == 0 {
            at += 1;
            continue;
        }
        let before = at.checked_sub(1).and_then(|i| verdicts.get(i)).copied();
        let behind = verdicts.get(at + open).copied();
        let (from, name) = match (before, behind) {
            (Some(Verdict::Third(name)), None | Some(Verdict::Third(_))) => (at, Some(name)),
            // A title behind a rule opens the translation that follows it.
            (_, Some(Verdict::Third(name))) => {
                let rule = pieces.iter().enumerate().skip(at).take(open).find(|(_, p)| p.after_rule);
                (rule.map_or(at, |(i, _)| i), rule.map(|_| name))
            }
            _ => (at, None),
        };
        if let Some(name) = name {
            for verdict in verdicts.iter_mut().take(at + open).skip(from) {
                *verdict = Verdict::Third(name);
            }
        }
        at += open;
    }
}

fn verdict(text: &str, kind: ParagraphKind, census: &Census, is_english: bool) -> Verdict {
    if kind == ParagraphKind::Code || census.letters < 8 {
        return Verdict::Open;
    }
    if census.others * 2 >= census.letters || census.kana * 4 >= census.letters {
        return Verdict::Third(other_script(text));
    }
    if census.han_share() >= 0.15 || is_english {
        return Verdict::Ours;
    }
    if census.letters < ENOUGH || kind == ParagraphKind::TableCell {
        return Verdict::Open;
    }
    match whatlang::detect(text) {
        Some(info) if matches!(info.lang(), whatlang::Lang::Eng | whatlang::Lang::Cmn) => Verdict::Ours,
        Some(info) if info.is_reliable() && info.script() == Script::Latin => {
            Verdict::Third(info.lang().eng_name())
        }
        _ => Verdict::Open,
    }
}

/// What a language is called whose script is neither Latin nor Han.
fn other_script(text: &str) -> &'static str {
    let info =
        whatlang::detect(text).filter(|i| !matches!(i.lang(), whatlang::Lang::Eng | whatlang::Lang::Cmn));
    info.map_or("another", |i| i.lang().eng_name())
}

fn is_latin_extra(c: char) -> bool {
    matches!(c, '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}' | '\u{FF21}'..='\u{FF5A}')
}

fn looks_english(text: &str) -> bool {
    let inside = |c: char| match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic() || c == '\'',
        '\u{4E00}'..='\u{9FFF}' | '’' => true,
        _ => c.is_alphabetic(),
    };
    // A bit for each known word that occurs.
    let (mut count, mut hits, mut kinds) = (0, 0, 0u64);
    for word in text.split(|c| !inside(c)).filter(|w| !w.is_empty()) {
        count += 1;
        if let Some(known) = ENGLISH.iter().position(|known| known.eq_ignore_ascii_case(word)) {
            hits += 1;
            kinds |= 1 << known;
        }
    }
    // Other languages share single words (`a`, `in`, `was`), never several different ones at this rate.
    hits * 100 >= count * 14 && kinds.count_ones() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Source, Span};

    fn piece(text: &str) -> Piece {
        let source = Source::Bytes(Span::default());
        Piece { kind: ParagraphKind::Body, text: text.to_owned(), source, after_rule: false }
    }

    const ENGLISH_TEXT: &str =
        "The company said that its servers were taken offline when the attackers were found.";
    const VIETNAMESE: &str =
        "Công ty cho biết các máy chủ của họ đã bị ngắt kết nối khi những kẻ tấn công bị phát hiện.";
    const RUSSIAN: &str =
        "Компания сообщила, что её серверы были отключены, когда злоумышленники были обнаружены.";

    #[test]
    fn knows_the_two_languages_and_no_others() {
        let of = |texts: &[&str]| {
            let pieces: Vec<_> = texts.iter().map(|t| piece(t)).collect();
            Languages::of(&pieces).of_article(None, &pieces)
        };
        assert_eq!(of(&["某公司表示，VPN 和 PowerShell 遭到滥用。"]), Some(Lang::Zh));
        assert_eq!(of(&[ENGLISH_TEXT]), Some(Lang::En));
        assert_eq!(of(&[ENGLISH_TEXT, VIETNAMESE]), None.or(of(&[ENGLISH_TEXT])));
        assert_eq!(of(&[VIETNAMESE, VIETNAMESE]), None);
        assert_eq!(of(&[RUSSIAN]), None);
        assert_eq!(of(&["攻撃者はサーバーに侵入し、データを盗みました。"]), None);
    }

    #[test]
    fn an_appended_translation_goes_with_its_title_and_its_captions() {
        let mut pieces: Vec<_> =
            [ENGLISH_TEXT, "Key: a b", "# Tin tặc", VIETNAMESE, "Nguồn: ESET", VIETNAMESE, "- xong"]
                .map(piece)
                .into();
        pieces[2].after_rule = true;
        assert_eq!(Languages::of(&pieces).take_third(&mut pieces), Some(("Vietnamese", 5)));
        assert_eq!(pieces.len(), 2);
    }

    #[test]
    fn names_code_and_lone_quotations_stay() {
        for text in [
            "Brovex Talmin, Ursk Delgaro, Mirvane Oststrand, Quillo Barantes, Xerd Vollhaven, Kaspo Drentini",
            "powershell -ExecutionPolicy Bypass -NoProfile -WindowStyle Hidden -EncodedCommand JABzAD0ATgBl",
            RUSSIAN,
        ] {
            let mut pieces: Vec<_> = [ENGLISH_TEXT, text, ENGLISH_TEXT].map(piece).into();
            assert_eq!(Languages::of(&pieces).take_third(&mut pieces), None, "{text}");
        }
    }
}
