use crate::language::words::Reach;

pub(super) static REACH: Reach = Reach {
    planned: "Geplant",
    accepted: "Angenommen",
    open: "Offen",
    unsure: "Unklar",
    refused: "Abgelehnt",
    gone: "Adresse erloschen",
    taken_over: "Bekommen eine neuere",
    all_ways: "alle Wege zusammen",
    half_after: |span| format!("Die Hälfte hatte sie nach {span}"),
    share_after: |percent, span| format!("{percent} % nach {span}"),
    not_half: "Weniger als die Hälfte hat sie.",
    of_planned: |count| format!("{count} geplant"),
    have_it: |count| format!("{count} haben sie"),
    have_not: |count| match count {
        "1" => "Einer hat sie nicht.".to_owned(),
        _ => format!("{count} haben sie nicht."),
    },
    list: "Liste mit Adressen (CSV)",
    curve: |reached, planned, shares| {
        format!("Kurve der Reichweite: {reached} von {planned} haben die Meldung. {shares}")
    },
};
