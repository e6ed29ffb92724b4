use crate::language::words::{Subscription, list};

pub(super) const SUBSCRIPTION: Subscription = Subscription {
    head: "Notices by e-mail",
    lede: "If something fails, we write to you. When it works again, we write to you too.",
    address: "Your e-mail address",
    parts: "What should we write about?",
    trap: "Please leave this field empty",
    submit: "Get the notices",
    privacy: "We use your address for these notices only and pass it on to nobody. If you do not confirm, we forget it after 48 hours. You can unsubscribe at any time by the link in each mail. Then we delete the address. That you agreed, we remember for three years, without the address.",
    asked: "Please look into your mailbox.",
    asked_lede: "You will find a mail with a link there within a few minutes. We write once an hour at most, even if you send the form again. Nothing there? Then please check the address and the spam folder.",
    not_yet: "That did not work yet:",
    bad_address: "This e-mail address does not fit. Please check what you typed.",
    bad_parts: "Please choose at least one part.",
    bad_seal: "That was very fast, or the page was open for long. Please press the button once more.",
    too_long: "That is too much text. Please fill in the form once more.",
    busy: "A great deal has just come from your connection. Please wait a minute and then try again.",
    foreign: "The form stood on somebody else’s page. Nothing has happened. Please fill in our own:",
    confirm: "Confirm the notices",
    confirm_lede: "Press the button and our notices come to this address.",
    confirm_button: "Yes, get the notices",
    confirmed: "You now get our notices.",
    confirmed_lede: "If something fails, we write to you. Each mail says how to change your choices and how to unsubscribe.",
    choices: "Change your choices",
    language: "In which language?",
    save: "Save your choices",
    saved: "Your choices are saved.",
    everything: "Chosen: everything",
    chosen: |names| format!("Chosen: {}", list(names, "and")),
    letter: |community| format!("Please confirm: notices from {community}"),
    letter_why: |community| {
        format!(
            "Somebody entered this address for notices from {community}. Was it you? Then please confirm it."
        )
    },
    letter_else: "It was not you? Then do nothing: after 48 hours we forget this address.",
    again: |community| format!("Your notices from {community}"),
    again_why: |community| {
        format!(
            "Somebody entered this address for notices from {community}. You get these notices already."
        )
    },
    again_else: "Nothing has changed. Would you like to change something or to unsubscribe? This link leads there.",
};
