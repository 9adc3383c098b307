//! Lines that say where a picture comes from.

/// Whether a line credits a picture: `Source: X`, `Image: X`, `来源：X`, with few words.
pub fn is_credit(text: &str) -> bool {
    let head = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower = head.to_lowercase();
    let named = ["source", "image", "photo", "credit", "来源", "图源", "图片来源"].iter().any(|w| {
        lower
            .strip_prefix(w)
            .is_some_and(|rest| rest.trim_start_matches("s").trim_start().starts_with([':', '：']))
    });
    named && text.chars().count() <= 80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_is_short_and_begins_with_its_word() {
        assert!(
            is_credit("Source: Brasswater")
                && is_credit("_Image: Orla Venn_")
                && is_credit("图片来源：黄铜水")
        );
        assert!(!is_credit("Source code was leaked.") && !is_credit("The source: unknown"));
        assert!(!is_credit(&format!("Source: {}", "long ".repeat(30))));
    }
}
