/// Words of the rubric by which a notice is judged.
pub struct Rubric {
    /// What each item asks, in the order of the rubric.
    pub items: [&'static str; 13],
    /// What each item is called in a list, in the same order.
    pub names: [&'static str; 13],
    /// How many things a text still lacks, from the name of its language.
    pub head: fn(&str, usize) -> String,
    /// Before a sentence to begin with.
    pub such_as: &'static str,
    /// Puts that sentence into the text.
    pub insert: &'static str,
    /// What is vital and missing, before the notice goes out: a list.
    pub before: fn(&str) -> String,
    /// Nothing is held back by that.
    pub before_hint: &'static str,
    /// Label: why it is left out.
    pub why: &'static str,
    /// A word of jargon, and what to say instead.
    pub jargon: fn(&str, &str) -> String,
}
