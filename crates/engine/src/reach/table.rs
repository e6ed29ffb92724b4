//! The list of the unreached as a table for spreadsheets and other tools (RFC 4180).

use super::unreached::Person;

/// The head of the table, with the end of its line.
pub const HEAD: &str = "recipient,standing,kind,key,language,channel,address\r\n";

/// A line for each address of these people; one without an address for whoever has none.
#[must_use]
pub fn lines(people: &[Person]) -> String {
    let mut out = String::new();
    for person in people {
        if person.addresses.is_empty() {
            line(&mut out, person, "", "");
        }
        for (channel, address) in &person.addresses {
            line(&mut out, person, channel.as_str(), address);
        }
    }
    out
}

fn line(out: &mut String, person: &Person, channel: &str, address: &str) {
    let id = person.id.to_string();
    let cells = [
        id.as_str(),
        person.standing.word(),
        person.kind.map_or("", |kind| kind.word()),
        person.key.as_deref().unwrap_or(""),
        person.language.map_or("", |language| language.tag()),
        channel,
        address,
    ];
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

/// What a stranger typed must not become a formula where the table is opened: such a cell begins
/// with an apostrophe. A plus with digits after it is a telephone number and stays.
#[must_use]
pub fn cell(text: &str) -> String {
    let number = text
        .strip_prefix('+')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    let formula = !number && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_a_formula_stays_text_and_a_number_stays_a_number() {
        assert_eq!(cell("=1+1@x.example"), "'=1+1@x.example");
        assert_eq!(cell("+1+cmd@x.example"), "'+1+cmd@x.example");
        assert_eq!(cell("+4915112345678"), "+4915112345678");
        assert_eq!(cell("\"a,b\"@x.example"), "\"\"\"a,b\"\"@x.example\"");
    }
}
