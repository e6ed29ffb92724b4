//! The page of the reference that lists every sort of finding.

use super::{Grade, SORTS};
use crate::language::Language;

const HEAD: &str = "# Findings

This page is generated from the rules that the program itself applies, by:
`cargo run -p outside --example reference`. `notlicht check` and the console show what would fail in an
outage although the handbook can be read.

*must*: the plan would not carry. *should*: it would go badly. *could*: it could be better. `{0}`, `{1}` stand for
what a finding is about.
";

/// The page, in English: a row for each sort, the gravest first.
#[must_use]
pub fn page() -> String {
    let mut out = HEAD.to_owned();
    for grade in [Grade::Must, Grade::Should, Grade::Could] {
        out += &format!("\n## {}\n\n", grade.word());
        out += "| finding | what would fail | what to do | why it matters |\n|---|---|---|---|\n";
        let all = SORTS.iter().flat_map(|sorts| sorts.iter());
        for sort in all.filter(|sort| sort.grade == grade) {
            let [what, help, why] = [sort.what, sort.help, sort.why].map(|it| it.get(Language::EN));
            out += &format!("| `{}` | {what} | {help} | {why} |\n", sort.code);
        }
    }
    out
}
