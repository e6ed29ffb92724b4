/// Words of drafts of the handbook in the console: beginning one, putting it in force, contacts.
pub struct Drafts {
    /// There is no handbook yet: heading.
    pub begin_head: &'static str,
    /// What comes next.
    pub begin_lede: &'static str,
    /// Label of the community's name.
    pub community: &'static str,
    /// An example of it.
    pub community_hint: &'static str,
    /// Legend of the languages.
    pub languages: &'static str,
    /// Label of the main language.
    pub main_language: &'static str,
    /// Label of the time zone.
    pub zone: &'static str,
    /// How it is written.
    pub zone_hint: &'static str,
    /// Label of the page's address.
    pub page: &'static str,
    /// What to mind about it.
    pub page_hint: &'static str,
    /// Label of who answers for the page.
    pub responsible: &'static str,
    /// What it is for.
    pub responsible_hint: &'static str,
    /// Button: begin.
    pub begin: &'static str,
    /// Something was left out at the beginning.
    pub begin_missing: &'static str,
    /// There is no such zone.
    pub bad_zone: &'static str,
    /// That is no address of a page.
    pub bad_page: &'static str,
    /// There is no handbook, and this account may not begin one.
    pub not_yet: &'static str,
    /// The draft: heading.
    pub draft: &'static str,
    /// From which version it comes.
    pub based_on: fn(u32) -> String,
    /// It will be the first version.
    pub based_on_nothing: &'static str,
    /// When it was saved last.
    pub kept_at: fn(&str) -> String,
    /// On pages that show the draft.
    pub bar: &'static str,
    /// What to do next, from a part's or thing's name.
    pub next: fn(&str) -> String,
    /// Button: to what comes next.
    pub go_there: &'static str,
    /// So much is missing there.
    pub mend_lede: fn(usize) -> String,
    /// The draft has no error: heading.
    pub ready: &'static str,
    /// What to do then.
    pub ready_lede: &'static str,
    /// Button and heading: put it in force.
    pub submit: &'static str,
    /// Button and heading: ask for approval.
    pub hand_in: &'static str,
    /// Label of the reason.
    pub reason: &'static str,
    /// Where it is shown.
    pub reason_hint: &'static str,
    /// There was no reason.
    pub no_reason: &'static str,
    /// The draft says what is in force already.
    pub nothing_changed: &'static str,
    /// It cannot be put in force.
    pub has_faults: &'static str,
    /// The account may not put it in force.
    pub needs_approver: &'static str,
    /// It was put in force.
    pub in_force: &'static str,
    /// A draft waits for approval: heading.
    pub waiting: &'static str,
    /// Who must approve, from the role.
    pub waits_for: fn(&str) -> String,
    /// Button: approve.
    pub approve: &'static str,
    /// Button: send back.
    pub send_back: &'static str,
    /// Label of why it is sent back.
    pub why_back: &'static str,
    /// A draft was sent back, by whom and why.
    pub came_back: fn(&str, &str) -> String,
    /// Not this person.
    pub may_not_approve: &'static str,
    /// Button: back to changing.
    pub take_back: &'static str,
    /// Button: throw the draft away.
    pub discard: &'static str,
    /// What that means.
    pub discard_hint: &'static str,
    /// Heading of what is found otherwise than in the version in force.
    pub found_head: &'static str,
    /// With which version the draft was compared.
    pub found_since: fn(u32) -> String,
    /// What only the draft has.
    pub found_new: &'static str,
    /// What the draft has not any more.
    pub found_gone: &'static str,
    /// There is no difference.
    pub found_same: &'static str,
    /// Beside a finding: the version in force does not have it.
    pub found_fresh: &'static str,
    /// Heading of what is different.
    pub changes: &'static str,
    /// Somebody made a version meanwhile.
    pub moved: fn(u32) -> String,
    /// Heading of what two people changed differently.
    pub conflicts: &'static str,
    /// What was done about it.
    pub conflicts_lede: &'static str,
    /// One's own answer.
    pub mine: &'static str,
    /// The other's answer.
    pub theirs: &'static str,
    /// An answer that takes something out.
    pub gone: &'static str,
    /// Button: make an old version the new one.
    pub roll_back: &'static str,
    /// What that means.
    pub roll_back_hint: &'static str,
    /// Link: the handbook as one file.
    pub export: &'static str,
    /// Names and addresses: link and heading.
    pub contacts: &'static str,
    /// What is special about them.
    pub contacts_lede: &'static str,
    /// Label of the mail address.
    pub email: &'static str,
    /// Label of the telephone number.
    pub phone: &'static str,
    /// When somebody last saw that an address works, as a label.
    pub verified: &'static str,
    /// Nobody can reach them.
    pub no_card: &'static str,
    /// What was typed fits not.
    pub bad_card: &'static str,
    /// So many have no address yet.
    pub contacts_missing: fn(usize) -> String,
    /// The draft that a form was about is not open any more.
    pub not_open: &'static str,
    /// What to do then.
    pub not_open_lede: &'static str,
    /// Another window wrote something else in the same place.
    pub meanwhile: fn(&str, &str) -> String,
    /// Somebody else's draft: heading.
    pub draft_of: fn(&str) -> String,
    /// The draft changed since it was looked at.
    pub moved_on: &'static str,
    /// Button: put both together as chosen.
    pub choose: &'static str,
    /// Heading of drafts that wait or are being written.
    pub drafts: &'static str,
    /// A draft on which somebody works.
    pub being_written: &'static str,
}
