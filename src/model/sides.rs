//! One of each: something Chinese and something English.

use super::Lang;
use serde::{Deserialize, Serialize};

/// A Chinese and an English value, wherever there is one of each. Chinese always comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sides<T> {
    /// The Chinese one.
    pub zh: T,
    /// The English one.
    pub en: T,
}

impl<T> Sides<T> {
    /// One of each.
    pub fn new(zh: T, en: T) -> Self {
        Self { zh, en }
    }

    /// Applies `f` to both.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Sides<U> {
        Sides { zh: f(self.zh), en: f(self.en) }
    }

    /// Borrows both.
    pub fn as_ref(&self) -> Sides<&T> {
        Sides { zh: &self.zh, en: &self.en }
    }

    /// The one of `lang`.
    pub fn get(&self, lang: Lang) -> &T {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The side of a language, to be changed.
    pub fn get_mut(&mut self, lang: Lang) -> &mut T {
        match lang {
            Lang::Zh => &mut self.zh,
            Lang::En => &mut self.en,
        }
    }
}
