//! Dates and times of day in Chinese.

use super::super::Kind;
use super::super::sink::{Amount, Found, Shape};
use super::Scan;
use super::numeral::amount;

impl Scan {
    /// 年, 月, 日.
    pub(super) fn calendar(&mut self, at: usize, amount: Amount) -> Option<usize> {
        let next = amount.next;
        let whole = amount.value.fract() == 0.0 && amount.scale == 1.0 && !amount.approximate;
        let duration = matches!(self.tokens.han(at), Some('两' | '俩'));
        if !whole || duration || !self.tokens.near(next) {
            return None;
        }
        let within = |low: f64, high: f64| (low..=high).contains(&amount.value);
        let found = |kind| Found::amount(at, amount, kind).until(next + 1);
        let digits = matches!(amount.shape, Shape::String | Shape::Figure);
        match self.tokens.han(next)? {
            '年' if self.tokens.han(next + 1) == Some('代') && amount.value % 10.0 == 0.0 => {
                let century = if amount.value >= 100.0 {
                    0.0
                } else if amount.value < 30.0 {
                    2000.0
                } else {
                    1900.0
                };
                let year = amount.value + century;
                Some(self.put(Found { value: year, high: year + 9.0, ..found(Kind::Year).until(next + 2) }))
            }
            '年' if digits && within(1900.0, 2099.0) => Some(self.put(found(Kind::Year))),
            '财' if digits && within(1900.0, 2099.0) => Some(self.put(found(Kind::Year).until(next))),
            '月' if within(1.0, 12.0) => Some(self.put(found(Kind::Month))),
            '日' if within(1.0, 31.0) => Some(self.put(found(Kind::Day))),
            '号' if within(1.0, 31.0)
                && self.sink.last().is_some_and(|last| last.kind == Kind::Month && last.to == at) =>
            {
                Some(self.put(found(Kind::Day)))
            }
            _ => None,
        }
    }

    /// 14时30分, 下午2点, 晚上八点半.
    pub(super) fn clock(&mut self, at: usize, hour: Amount) -> Option<usize> {
        let mark = self.tokens.han(hour.next).filter(|c| matches!(c, '时' | '点'))?;
        if hour.value > 24.0 || hour.value.fract() != 0.0 || hour.approximate {
            return None;
        }
        let before = self.tokens.before(at).trim_end();
        let later =
            ["下午", "晚上", "晚间", "傍晚", "当晚", "午后"].iter().any(|word| before.ends_with(word));
        let named = later
            || ["上午", "凌晨", "早上", "清晨", "中午", "日", "时间"]
                .iter()
                .any(|word| before.ends_with(word));
        let next = hour.next + 1;
        let minute = amount(&self.tokens, next).filter(|m| m.value < 60.0 && m.value.fract() == 0.0);
        let minute = minute.filter(|m| self.tokens.han(m.next) == Some('分') || (named && mark == '点'));
        let (minutes, to) = match (minute, self.tokens.han(next)) {
            (Some(m), _) => (m.value, m.next + usize::from(self.tokens.han(m.next) == Some('分'))),
            (None, Some('半')) if named => (30.0, next + 1),
            (None, _) if named => (0.0, next),
            _ => return None,
        };
        let hours = if later && hour.value < 12.0 { hour.value + 12.0 } else { hour.value };
        Some(self.put(Found::new(at, to, Kind::Time, hours * 60.0 + minutes)))
    }
}
