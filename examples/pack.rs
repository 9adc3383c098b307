#![allow(missing_docs, clippy::unwrap_used)]
use duizhao::lexicon::{Table, Word};
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let words = text.lines().map(|l| { let mut c = l.split('\t'); let zh = c.next().unwrap().to_owned(); let frequency = c.next().unwrap().parse().unwrap();
        let stems = c.next().unwrap().split(' ').filter(|s| !s.is_empty()).map(|s| { let (a, b) = s.rsplit_once(':').unwrap(); (a.to_owned(), b.parse().unwrap()) }).collect();
        (zh, Word { frequency, stems }) }).collect();
    std::fs::write(std::env::args().nth(2).unwrap(), Table::new("prototype\n", &words).unwrap().write().unwrap()).unwrap();
}
