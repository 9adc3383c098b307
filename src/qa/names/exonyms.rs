//! What names are called in Chinese: companies, agencies, places, a few people, and the trade's acronyms.
//!
//! `corpora/glossary/exonyms.tsv` (en ⇥ zh ⇥ kind), compiled in. A zh column that is Latin is another way to write the
//! name that Chinese texts use (`C2` for *command and control*).

use crate::text::key;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../corpora/glossary/exonyms.tsv");
/// The security glossary lists vendors, countries and institutions, too.
const GLOSSARY: &str = include_str!("../../../corpora/glossary/security.tsv");

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A firm or a make.
    Company,
    /// An authority, an institution, an operation of theirs, a convention of the trade.
    Agency,
    /// A country, a people, a state, a city.
    Place,
    /// A person.
    Person,
    /// A product.
    Product,
    /// An abbreviation and what it stands for.
    Acronym,
}

/// One way to render a name.
#[derive(Debug, Clone, Copy)]
pub struct Exonym {
    /// The name, as English writes it.
    pub en: &'static str,
    /// What Chinese calls it.
    pub zh: &'static str,
    /// What it names.
    pub kind: Kind,
}

/// The table, by either side.
pub struct Exonyms {
    rows: Vec<Exonym>,
    by_en: FxHashMap<String, Vec<usize>>,
    by_first: FxHashMap<char, Vec<usize>>,
    by_short: FxHashMap<String, Vec<usize>>,
}

static BUILTIN: LazyLock<Exonyms> = LazyLock::new(|| Exonyms::new(&rows()));

impl Exonyms {
    /// The table that is compiled in.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    fn new(rows: &[Exonym]) -> Self {
        let mut table = Self {
            rows: rows.to_vec(),
            by_en: FxHashMap::default(),
            by_first: FxHashMap::default(),
            by_short: FxHashMap::default(),
        };
        for (number, row) in rows.iter().enumerate() {
            table.by_en.entry(key::alphanumeric(row.en)).or_default().push(number);
            if let Some(first) = row.zh.chars().next().filter(|c| !c.is_ascii()) {
                table.by_first.entry(first).or_default().push(number);
            }
        }
        for row in rows.iter().filter(|row| row.zh.is_ascii()) {
            let same =
                rows.iter().enumerate().filter(|(_, other)| other.en == row.en && !other.zh.is_ascii());
            table
                .by_short
                .entry(key::alphanumeric(row.zh))
                .or_default()
                .extend(same.map(|(number, _)| number));
        }
        for numbers in table.by_first.values_mut() {
            numbers.sort_by_key(|&n| std::cmp::Reverse(rows.get(n).map_or(0, |row| row.zh.len())));
        }
        table
    }

    /// How Chinese renders a name, given by its key (lower case, letters and digits only).
    pub fn of(&self, key: &str) -> impl Iterator<Item = &Exonym> {
        self.by_en.get(key).into_iter().flatten().filter_map(|&n| self.rows.get(n))
    }

    /// How Chinese renders what an abbreviation stands for.
    pub fn of_abbreviation(&self, key: &str) -> impl Iterator<Item = &Exonym> {
        self.by_short.get(key).into_iter().flatten().filter_map(|&n| self.rows.get(n))
    }

    /// What a name names; none if it is not in the table.
    pub fn kind(&self, key: &str) -> Option<Kind> {
        self.of(key).next().map(|row| row.kind)
    }

    /// The exonyms that stand in a text, with the bytes where they begin; the longest at each place, none inside another.
    pub fn find<'s>(&'s self, text: &str) -> Vec<(usize, &'s Exonym)> {
        let mut found = Vec::new();
        let mut free = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            let rest = text.get(at..).unwrap_or_default();
            let candidates = self.by_first.get(&c).into_iter().flatten().filter_map(|&n| self.rows.get(n));
            let Some(row) = candidates.filter(|_| at >= free).find(|row| rest.starts_with(row.zh)) else {
                continue;
            };
            free = at + row.zh.len();
            found.push((at, row));
        }
        found
    }

    /// All rows that render by this Chinese.
    pub fn named<'s>(&'s self, zh: &'s str) -> impl Iterator<Item = &'s Exonym> {
        let numbers = zh.chars().next().and_then(|c| self.by_first.get(&c));
        numbers.into_iter().flatten().filter_map(|&n| self.rows.get(n)).filter(move |row| row.zh == zh)
    }
}

fn rows() -> Vec<Exonym> {
    let own =
        TABLE.lines().skip(1).filter_map(|line| row(line, |en, zh, kind| Some((en, zh, own_kind(kind)?))));
    let lent = GLOSSARY.lines().skip(1).filter_map(|line| {
        row(line, |zh, en, kind| {
            let is_name = en.chars().next().is_some_and(|c| c.is_uppercase());
            Some((en, zh, lent_kind(kind).filter(|_| is_name)?))
        })
    });
    own.chain(lent).collect()
}

type Columns = (&'static str, &'static str, Kind);

fn row(
    line: &'static str,
    read: impl Fn(&'static str, &'static str, &str) -> Option<Columns>,
) -> Option<Exonym> {
    let mut columns = line.split('\t');
    let (en, zh, kind) = read(columns.next()?, columns.next()?, columns.next()?)?;
    Some(Exonym { en, zh, kind })
}

fn own_kind(name: &str) -> Option<Kind> {
    Some(match name {
        "company" => Kind::Company,
        "agency" => Kind::Agency,
        "place" => Kind::Place,
        "person" => Kind::Person,
        "product" => Kind::Product,
        "acronym" => Kind::Acronym,
        _ => return None,
    })
}

fn lent_kind(category: &str) -> Option<Kind> {
    Some(match category {
        "vendor" => Kind::Company,
        "institution" => Kind::Agency,
        "country" => Kind::Place,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::han;

    #[test]
    fn every_row_is_read() {
        let rows = rows();
        assert!(rows.len() > 1500, "{}", rows.len());
        let bad: Vec<&str> = TABLE
            .lines()
            .skip(1)
            .filter(|l| row(l, |a, b, k| Some((a, b, own_kind(k)?))).is_none())
            .collect();
        assert!(bad.is_empty(), "{bad:?}");
        for row in TABLE.lines().skip(1).filter_map(|l| row(l, |a, b, k| Some((a, b, own_kind(k)?)))) {
            assert!(
                row.kind == Kind::Acronym || row.zh.chars().any(han::is_han) || row.zh == "AWS",
                "{row:?}"
            );
        }
    }

    #[test]
    fn finds_the_longest_and_leads_both_ways() {
        let table = Exonyms::builtin();
        let found: Vec<&str> = table.find("谷歌云与美国联邦调查局").iter().map(|(_, row)| row.zh).collect();
        assert_eq!(found, ["谷歌云", "美国联邦调查局"]);
        assert!(table.of("microsoft").any(|row| row.zh == "微软"));
        assert_eq!(table.kind("france"), Some(Kind::Place));
        assert!(table.named("微软").any(|row| row.en == "Microsoft"));
        assert!(table.find("plain").is_empty());
    }
}
