#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]
use duizhao::{align::{self, Prepared, Weights, score::Scorer, shapes, lattice}, eval, lexicon::Lexicon, pipeline::tune};
fn main() {
    for dir in std::env::args().skip(1) {
        for g in eval::read_gold(std::path::Path::new(&dir)).unwrap() {
            let p = Prepared::new(&tune::lines(&g), Lexicon::builtin(), &align::Config::default());
            let w = Weights::zero();
            let s = Scorer::whole(p.terms(), &w);
            let l = lattice::Lattice::new(lattice::whole(s.size()), &shapes::shapes(8), |c| s.is_admissible(c));
            println!("{:40.40} {:?} loose {:.3} lr {:.2} edges/cell {:.2} sumlen {}", g.slug, s.size(), s.looseness(), p.terms().length_ratio, l.len() as f32 / l.cell_count() as f32, p.terms().zh.iter().map(|z| z.length).sum::<f32>());
        }
    }
}
