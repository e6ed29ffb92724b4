/// Words of the form, the letters and the pages of a subscription.
pub struct Subscription {
    /// Heading of the form.
    pub head: &'static str,
    /// What one gets.
    pub lede: &'static str,
    /// Label of the address.
    pub address: &'static str,
    /// Above the parts to choose from.
    pub parts: &'static str,
    /// Label of a field that people do not see and that must stay empty.
    pub trap: &'static str,
    /// The button.
    pub submit: &'static str,
    /// Beside the form: what is stored, for how long, and how it ends.
    pub privacy: &'static str,
    /// After the form, whoever sent it: title.
    pub asked: &'static str,
    /// What happens now.
    pub asked_lede: &'static str,
    /// Above a form that was not accepted.
    pub not_yet: &'static str,
    /// The address cannot be one.
    pub bad_address: &'static str,
    /// No part was chosen.
    pub bad_parts: &'static str,
    /// The form was sent too fast or lay open for more than a day.
    pub bad_seal: &'static str,
    /// More was sent than the form holds.
    pub too_long: &'static str,
    /// Too many came from the visitor's address.
    pub busy: &'static str,
    /// The form came from another site.
    pub foreign: &'static str,
    /// Page of the mailed link: title.
    pub confirm: &'static str,
    /// What the button does.
    pub confirm_lede: &'static str,
    /// The button.
    pub confirm_button: &'static str,
    /// It is done: title.
    pub confirmed: &'static str,
    /// What happens from now on.
    pub confirmed_lede: &'static str,
    /// Page to change one's choices: title, and the link to it in each mail.
    pub choices: &'static str,
    /// Label of the language.
    pub language: &'static str,
    /// The button.
    pub save: &'static str,
    /// It is done.
    pub saved: &'static str,
    /// All parts, also those to come.
    pub everything: &'static str,
    /// "Ausgewählt: Shop und Forum" from names.
    pub chosen: fn(&[&str]) -> String,
    /// Letter to confirm: subject from the community's name.
    pub letter: fn(&str) -> String,
    /// What happened, from the community's name.
    pub letter_why: fn(&str) -> String,
    /// What to do if it was somebody else.
    pub letter_else: &'static str,
    /// Letter to somebody who is subscribed already: subject from the community's name.
    pub again: fn(&str) -> String,
    /// What happened, from the community's name.
    pub again_why: fn(&str) -> String,
    /// Nothing has changed.
    pub again_else: &'static str,
}
