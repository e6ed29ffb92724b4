use crate::language::words::Reach;

pub(super) static REACH: Reach = Reach {
    planned: "Planned",
    accepted: "Accepted",
    open: "Open",
    unsure: "Unsure",
    refused: "Refused",
    gone: "Address gone",
    taken_over: "Get a newer one",
    all_ways: "all channels together",
    half_after: |span| format!("Half of them had it after {span}"),
    share_after: |percent, span| format!("{percent} % after {span}"),
    not_half: "Fewer than half of them have it.",
    of_planned: |count| format!("{count} planned"),
    have_it: |count| match count {
        "1" => "1 has it".to_owned(),
        _ => format!("{count} have it"),
    },
    have_not: |count| match count {
        "1" => "1 does not have it.".to_owned(),
        _ => format!("{count} do not have it."),
    },
    list: "List with addresses (CSV)",
    curve: |reached, planned, shares| {
        format!("Curve of reach: {reached} of {planned} have the notice. {shares}")
    },
};
