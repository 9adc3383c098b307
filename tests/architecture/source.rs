//! A source file, as far as the rules of the house look at it. Comments and strings are none of their business: the
//! file is read as Rust tokens. Test modules are left out.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::iter::Peekable;

type Tokens = Peekable<proc_macro2::token_stream::IntoIter>;

/// What a file names of the crate, and what it does that only the command line may do.
#[derive(Debug)]
pub struct Source {
    /// Its module, from the top: `["align", "signals", "latin"]`.
    place: Vec<String>,
    /// The modules at the top of the crate that it names, each time it does.
    pub named: Vec<Mention>,
    /// Macros and functions that write to the terminal or end the program.
    pub outcries: Vec<Mention>,
}

/// A name with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub name: String,
    pub line: usize,
}

impl Source {
    /// Reads the file at `name`, its path below `src`.
    pub fn parse(name: &str, text: &str) -> Self {
        let stem = name.strip_suffix(".rs").unwrap_or(name);
        let stem = stem.strip_suffix("/mod").unwrap_or(stem);
        let place = stem.split('/').filter(|part| *part != "lib").map(str::to_owned).collect();
        let mut source = Self { place, named: Vec::new(), outcries: Vec::new() };
        let tokens: TokenStream = text.parse().unwrap_or_else(|e| panic!("{name}: {e}"));
        let place = source.place.clone();
        source.walk(tokens, &place);
        source
    }

    /// The module at the top of the crate that it belongs to.
    pub fn module(&self) -> &str {
        self.place.first().map_or("", String::as_str)
    }

    fn walk(&mut self, tokens: TokenStream, place: &[String]) {
        let mut tokens = tokens.into_iter().peekable();
        let mut before = [String::new(), String::new()];
        let mut is_test = false;
        while let Some(token) = tokens.next() {
            let text = match &token {
                TokenTree::Group(group) => {
                    is_test |= group.delimiter() == Delimiter::Bracket && is_cfg_test(group);
                    self.walk(group.stream(), place);
                    String::new()
                }
                TokenTree::Ident(ident) if ident == "mod" => {
                    self.inline_module(&mut tokens, place, std::mem::take(&mut is_test));
                    String::new()
                }
                TokenTree::Ident(ident) if ident == "crate" || ident == "super" => {
                    let at = if ident == "crate" { Vec::new() } else { parent(place) };
                    self.path(&mut tokens, at);
                    ident.to_string()
                }
                other => other.to_string(),
            };
            if let TokenTree::Ident(ident) = &token {
                is_test &=
                    !["use", "fn", "struct", "enum", "impl", "const", "static"].contains(&text.as_str());
                let next = tokens.peek().map(ToString::to_string).unwrap_or_default();
                if cries_out(&text, &before, &next) {
                    self.outcries.push(Mention { name: text.clone(), line: ident.span().start().line });
                }
            }
            if text != ":" {
                before = [std::mem::take(&mut before[1]), text];
            }
        }
    }

    /// `mod name { … }`, which is skipped if it holds tests.
    fn inline_module(&mut self, tokens: &mut Tokens, place: &[String], is_test: bool) {
        let name = tokens.next().map(|t| t.to_string()).unwrap_or_default();
        if let Some(TokenTree::Group(body)) = tokens.next_if(|t| matches!(t, TokenTree::Group(_)))
            && !is_test
        {
            self.walk(body.stream(), &[place, &[name]].concat());
        }
    }

    /// The rest of a path behind `crate` or `super`, which lead to `at`; groups are followed into every branch.
    fn path(&mut self, tokens: &mut Tokens, mut at: Vec<String>) {
        while colons(tokens) {
            match tokens.next() {
                Some(TokenTree::Ident(ident)) if ident == "super" => at = parent(&at),
                Some(TokenTree::Ident(ident)) => {
                    if at.is_empty() {
                        let line = ident.span().start().line;
                        self.named.push(Mention { name: ident.to_string(), line });
                    }
                    at.push(ident.to_string());
                }
                Some(TokenTree::Group(group)) => return self.branches(&group, &at),
                _ => return,
            }
        }
    }

    fn branches(&mut self, group: &Group, at: &[String]) {
        let mut tokens = group.stream().into_iter().peekable();
        while let Some(token) = tokens.next() {
            let TokenTree::Ident(ident) = token else { continue };
            if at.is_empty() && ident != "self" {
                self.named.push(Mention { name: ident.to_string(), line: ident.span().start().line });
            }
            let below = if ident == "super" { parent(at) } else { [at, &[ident.to_string()]].concat() };
            self.path(&mut tokens, below);
            while tokens.next_if(|t| t.to_string() != ",").is_some() {}
        }
    }
}

/// Takes `::` off the tokens, if it comes next.
fn colons(tokens: &mut Tokens) -> bool {
    let colon = |t: &TokenTree| matches!(t, TokenTree::Punct(p) if p.as_char() == ':');
    tokens.next_if(colon).is_some() && tokens.next_if(colon).is_some()
}

fn parent(place: &[String]) -> Vec<String> {
    place.split_last().map_or(Vec::new(), |(_, rest)| rest.to_vec())
}

fn is_cfg_test(attribute: &Group) -> bool {
    attribute.stream().to_string().replace(' ', "") == "cfg(test)"
}

/// Whether an identifier prints or exits; `before` are the two words before it, colons left out.
fn cries_out(word: &str, before: &[String; 2], next: &str) -> bool {
    let is_print = matches!(word, "print" | "println" | "eprint" | "eprintln" | "dbg") && next == "!";
    let is_stream = matches!(word, "stdout" | "stderr") && next.starts_with('(');
    let is_exit = matches!(word, "exit" | "abort") && before[1] == "process";
    is_print || is_stream || is_exit
}
