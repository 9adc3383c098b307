//! Says what a run of letters, digits and joints is.

use super::Kind;
use super::figure::{Cell, Figure, Suffix, figure};
use super::lex::{Lex, Token};

/// Cuts `run`, which is not empty, into tokens; stops early where the rest has to be read afresh.
pub(super) fn run(run: &[Cell], money: bool, out: &mut Vec<Token>) {
    if !run.iter().any(|cell| cell.c.is_ascii_digit()) {
        return words(run, out);
    }
    if let Some(head) = sentence_glued(run) {
        return single(head, money, out);
    }
    let pieces: Vec<&[Cell]> = run.split(|cell| cell.c == '-').collect();
    match pieces.as_slice() {
        [piece] => single(piece, money, out),
        pieces => hyphenated(pieces, run, money, out),
    }
}

fn push(cells: &[Cell], lex: Lex, out: &mut Vec<Token>) {
    if let (Some(first), Some(last)) = (cells.first(), cells.last()) {
        out.push(Token { start: first.start, end: last.end, lex });
    }
}

/// Words joined by hyphens come apart (`twenty-five`, `mid-July`); with other joints they are a name.
fn words(run: &[Cell], out: &mut Vec<Token>) {
    if run.iter().any(|cell| !cell.c.is_alphanumeric() && !matches!(cell.c, '-' | '\'')) {
        return push(run, Lex::Identifier, out);
    }
    for (i, piece) in run.split(|cell| cell.c == '-').enumerate() {
        if i > 0 {
            hyphen_before(piece, out);
        }
        push(piece, Lex::Word, out);
    }
}

/// The hyphen between the last token and `piece`.
fn hyphen_before(piece: &[Cell], out: &mut Vec<Token>) {
    if let (Some(before), Some(next)) = (out.last().map(|token| token.end), piece.first()) {
        out.push(Token { start: before, end: next.start, lex: Lex::Mark('-') });
    }
}

/// The digits of `2.Title` or `in 2024.The`, where the space after the full stop got lost.
fn sentence_glued(run: &[Cell]) -> Option<&[Cell]> {
    let dot = run.iter().position(|cell| cell.c == '.').filter(|dot| (1..=4).contains(dot))?;
    let (head, tail) = run.split_at_checked(dot)?;
    let begins = tail.get(1).is_some_and(|cell| cell.c.is_uppercase());
    (begins && head.iter().all(|cell| cell.c.is_ascii_digit())).then_some(head)
}

/// Several pieces with hyphens between: a date, a range, `18-day`, `mid-2024`; else an identifier.
fn hyphenated(pieces: &[&[Cell]], run: &[Cell], money: bool, out: &mut Vec<Token>) {
    if let [year, month, day] = pieces
        && date([year, month, day], out)
    {
        return;
    }
    let read: Option<Vec<Option<Figure>>> = pieces.iter().map(|piece| part(piece, money)).collect();
    let Some(read) = read.filter(|read| plausible(read, pieces)) else {
        return push(run, Lex::Identifier, out);
    };
    for (i, (piece, figure)) in pieces.iter().zip(read).enumerate() {
        if i > 0 {
            hyphen_before(piece, out);
        }
        push(piece, figure.map_or(Lex::Word, Lex::Figure), out);
    }
}

/// A piece as a number, or as a word in lower case (`Some(None)`); `None` if it is neither.
fn part(piece: &[Cell], money: bool) -> Option<Option<Figure>> {
    if let Some(figure) = figure(piece, money) {
        return Some(Some(figure));
    }
    (piece.len() > 1 && piece.iter().all(|cell| cell.c.is_ascii_lowercase())).then_some(None)
}

/// Whether the pieces read like running text: `5-10`, `18-day`, `5-in-1`, `mid-2024`, and not like the
/// parts of a telephone number or a code.
fn plausible(read: &[Option<Figure>], pieces: &[&[Cell]]) -> bool {
    let rising = read.windows(2).all(|pair| match pair {
        [Some(a), Some(b)] => a.value < b.value && !a.padded && !b.padded,
        _ => true,
    });
    let figures = read.iter().flatten().count();
    let opens = match (read, pieces) {
        ([Some(_), None], [a, b]) => !(text(a) == "7" && text(b) == "zip"),
        ([Some(_), ..], _) => true,
        ([None, Some(_)], [prefix, _]) => {
            matches!(&*text(prefix), "mid" | "late" | "early" | "pre" | "post" | "top")
        }
        _ => false,
    };
    rising && opens && figures <= 2
}

fn text(cells: &[Cell]) -> String {
    cells.iter().map(|cell| cell.c).collect()
}

/// A run without hyphens that has digits.
fn single(piece: &[Cell], money: bool, out: &mut Vec<Token>) {
    if let Some(figure) = figure(piece, money) {
        return push(piece, Lex::Figure(figure), out);
    }
    let found = comma_list(piece, money, out)
        || time(piece, out)
        || slashed(piece, out)
        || version(piece, out)
        || quarter(piece, out);
    if !found {
        push(piece, Lex::Identifier, out);
    }
}

/// `443,8080`: numbers with a comma and no space between them.
fn comma_list(piece: &[Cell], money: bool, out: &mut Vec<Token>) -> bool {
    let parts: Vec<&[Cell]> = piece.split(|cell| cell.c == ',').collect();
    let figures: Option<Vec<Figure>> = parts.iter().map(|part| figure(part, money)).collect();
    let Some(figures) = figures.filter(|figures| figures.len() > 1) else { return false };
    for (part, figure) in parts.iter().zip(figures) {
        push(part, Lex::Figure(figure), out);
    }
    true
}

/// `14:30`, `14:30:05`, `2:30pm`.
fn time(piece: &[Cell], out: &mut Vec<Token>) -> bool {
    let mut parts = piece.split(|cell| cell.c == ':');
    let (Some(hours), Some(minutes), seconds) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let two_digits = |cells: &[Cell]| cells.len() == 2 && text(cells).parse::<u8>().is_ok_and(|n| n < 60);
    if parts.next().is_some() || seconds.is_some_and(|cells| !two_digits(cells)) || hours.len() > 2 {
        return false;
    }
    let (digits, half) = minutes.split_at_checked(2).unwrap_or((minutes, &[]));
    let (Ok(hour), true) = (text(hours).parse::<u8>(), two_digits(digits)) else { return false };
    let minute = text(digits).parse::<u8>().unwrap_or(0);
    let hour = match (text(half).to_ascii_lowercase().as_str(), hour) {
        ("", 0..=24) => hour,
        ("am", 1..=12) => hour % 12,
        ("pm", 1..=12) => hour % 12 + 12,
        _ => return false,
    };
    let value = f64::from(hour) * 60.0 + f64::from(minute);
    push(piece, Lex::Ready { kind: Kind::Time, value, weak: false }, out);
    true
}

/// `2025/3/14`, `3/14/2025`, `1/3`, `9.8/10`.
fn slashed(piece: &[Cell], out: &mut Vec<Token>) -> bool {
    let parts: Vec<&[Cell]> = piece.split(|cell| cell.c == '/').collect();
    match parts.as_slice() {
        [a, b] => fraction(piece, a, b, out),
        [a, b, c] if a.len() == 4 => date([a, b, c], out),
        [a, b, c] if c.len() == 4 => date([c, a, b], out) || date([c, b, a], out),
        _ => false,
    }
}

/// A fraction of small numbers, or a score out of ten.
fn fraction(piece: &[Cell], a: &[Cell], b: &[Cell], out: &mut Vec<Token>) -> bool {
    let (Some(over), Some(under)) = (figure(a, false), figure(b, false)) else { return false };
    if over.suffix != Suffix::None || under.suffix != Suffix::None || over.padded {
        return false;
    }
    if under.plain && under.value == 10.0 && over.value <= 10.0 {
        push(a, Lex::Figure(over), out);
        push(b, Lex::Ready { kind: Kind::Count, value: 10.0, weak: true }, out);
    } else if over.plain && under.plain && under.digits == 1 && 0.0 < over.value && over.value < under.value {
        push(piece, Lex::Ready { kind: Kind::Fraction, value: over.value / under.value, weak: false }, out);
    } else {
        return false;
    }
    true
}

/// Year, month and day in figures, in whichever order they stand in the text.
fn date([year, month, day]: [&[Cell]; 3], out: &mut Vec<Token>) -> bool {
    let number = |cells: &[Cell], low: f64, high: f64| {
        figure(cells, false).filter(|f| f.plain && (low..=high).contains(&f.value)).map(|f| f.value)
    };
    let read = (number(year, 1900.0, 2099.0), number(month, 1.0, 12.0), number(day, 1.0, 31.0));
    let (Some(y), Some(m), Some(d)) = read else { return false };
    let mut parts = [(year, Kind::Year, y), (month, Kind::Month, m), (day, Kind::Day, d)];
    parts.sort_by_key(|(cells, ..)| cells.first().map(|cell| cell.start));
    for (cells, kind, value) in parts {
        push(cells, Lex::Ready { kind, value, weak: false }, out);
    }
    true
}

/// `v3`, `V3.0`; longer versions are identifiers.
fn version(piece: &[Cell], out: &mut Vec<Token>) -> bool {
    let Some((Cell { c: 'v' | 'V', .. }, rest)) = piece.split_first() else { return false };
    let Some(figure) = figure(rest, false).filter(|f| f.suffix == Suffix::None) else { return false };
    push(piece, Lex::Ready { kind: Kind::Version, value: figure.value, weak: true }, out);
    true
}

/// `Q3`.
fn quarter(piece: &[Cell], out: &mut Vec<Token>) -> bool {
    let &[Cell { c: 'Q', .. }, Cell { c: c @ '1'..='4', .. }] = piece else { return false };
    let value = f64::from(c.to_digit(10).unwrap_or(0));
    push(piece, Lex::Ready { kind: Kind::Ordinal, value, weak: false }, out);
    true
}
