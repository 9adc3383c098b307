//! Sentences a second of the encoder `usem3`: `cargo bench --bench encoder -- SENTENCES.txt`, a sentence a line. Prints
//! one JSON object: how many there were, and the seconds that opening the model, a first and a second pass took.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::time::Instant;

fn main() {
    let Some(file) = std::env::args().skip(1).find(|argument| !argument.starts_with('-')) else { return };
    let text = std::fs::read_to_string(file).unwrap();
    let sentences: Vec<&str> = text.lines().collect();
    let mut before = Instant::now();
    let mut lap = || std::mem::replace(&mut before, Instant::now()).elapsed().as_secs_f64();
    let encoder = duizhao::encoder::open("usem3").unwrap();
    let open = lap();
    encoder.embed(&sentences).unwrap();
    let first = lap();
    encoder.embed(&sentences).unwrap();
    let again = lap();
    let count = sentences.len();
    let said = format!(r#"{{"sentences": {count}, "open": {open}, "first": {first}, "again": {again}}}"#);
    println!("{said}");
}
