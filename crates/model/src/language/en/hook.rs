use crate::language::words::Hook;

pub(super) const HOOK: Hook = Hook {
    head: "Notices to a program (webhook)",
    lede: "When something fails, we send your program the notice as a signed POST by Standard Webhooks. Before that it must show that the address is yours.",
    address: "Address of your program, beginning with https://",
    parts: "What should we tell it about?",
    submit: "Check and subscribe",
    how: "How we check the address",
    how_sent: "As soon as you press the button, we send there:",
    how_answer: "Your program answers within ten seconds with status 200 and sends the value of challenge back, as bare text or like this:",
    privacy: "We keep the address, the language and your choice until you unsubscribe. The link for that is in every notice. That you agreed we remember for three more years, without the address.",
    bad_address: "This address does not fit. It must begin with https:// and must not contain a user name.",
    unproven: "Your program did not answer as is needed. What we expect is written below. We send something to the same address only once an hour: please try again then.",
    rest: "We have sent something to this address within the last hour, or a great many are subscribing just now. Please try again in an hour.",
    known: "This program gets our notices already.",
    known_lede: "Nothing has changed. Do you need a new secret? Then unsubscribe the address with the link leave from a notice, and subscribe again. If you do not have the link, please write to us.",
    done: "Your program now gets our notices.",
    done_lede: "Please keep the secret: we show it only now. With it your program checks that a notice is ours. The two links are in every notice too.",
    secret: "Secret for the signatures",
};
