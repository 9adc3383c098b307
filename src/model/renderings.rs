//! Names and terms with what renders them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Names and terms, what renders each, and in how many articles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Renderings {
    forms: BTreeMap<String, BTreeMap<String, u32>>,
}

impl Renderings {
    /// Notes that a name or term is rendered so in an article; said again of the same article, it counts once.
    pub fn add(&mut self, name: &str, rendering: &str) {
        self.forms.entry(name.to_owned()).or_default().insert(rendering.to_owned(), 1);
    }

    /// Adds those of another article.
    pub fn add_all(&mut self, other: &Self) {
        for (name, forms) in &other.forms {
            let own = self.forms.entry(name.clone()).or_default();
            forms.iter().for_each(|(form, count)| *own.entry(form.clone()).or_default() += count);
        }
    }

    /// What renders a name, in the order of the alphabet.
    pub fn of(&self, name: &str) -> impl Iterator<Item = &str> {
        self.forms.get(name).into_iter().flat_map(BTreeMap::keys).map(String::as_str)
    }

    /// Names that are rendered in several ways, with the ways and in how many articles each is found: the most frequent
    /// ways first, and those names first of which most articles speak.
    pub fn several(&self) -> Vec<(&str, Vec<(&str, u32)>)> {
        let mut several: Vec<(&str, Vec<(&str, u32)>)> = Vec::new();
        for (name, forms) in self.forms.iter().filter(|(_, forms)| forms.len() > 1) {
            let mut forms: Vec<(&str, u32)> =
                forms.iter().map(|(form, &count)| (form.as_str(), count)).collect();
            forms.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
            several.push((name, forms));
        }
        let articles = |forms: &[(&str, u32)]| forms.iter().map(|(_, count)| count).sum::<u32>();
        several.sort_by_key(|(_, forms)| std::cmp::Reverse(articles(forms)));
        several
    }
}

#[cfg(test)]
mod tests {
    use super::Renderings;

    #[test]
    fn articles_are_counted_and_one_way_is_no_news() {
        let mut all = Renderings::default();
        for forms in [
            &[("flaw", "漏洞"), ("flaw", "漏洞"), ("gang", "团伙")][..],
            &[("flaw", "缺陷")],
            &[("flaw", "漏洞")],
        ] {
            let mut own = Renderings::default();
            forms.iter().for_each(|(name, form)| own.add(name, form));
            all.add_all(&own);
        }
        assert_eq!(all.several(), [("flaw", vec![("漏洞", 2), ("缺陷", 1)])]);
    }
}
