//! How well the program judges words: measured against what an editor said of notices, and against
//! words whose syllables were counted by hand.

#[path = "words/gold.rs"]
mod gold;
#[path = "words/syllable.rs"]
mod syllable;
