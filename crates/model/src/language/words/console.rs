/// Words of the console: signing in, home, accounts.
pub struct Console {
    /// Names of permissions.
    pub permission: Permissions,
    /// How grave it is.
    pub level: Levels,
    /// Label of the navigation.
    pub areas: &'static str,
    /// What is going on now: the console's home.
    pub home: &'static str,
    /// One's own account.
    pub account: &'static str,
    /// Accounts and tokens.
    pub people: &'static str,
    /// Leave.
    pub sign_out: &'static str,
    /// Come in: heading and button.
    pub sign_in: &'static str,
    /// Label of the account's name.
    pub name: &'static str,
    /// Label of the password.
    pub password: &'static str,
    /// Name and password do not fit.
    pub not_in: &'static str,
    /// There were too many tries.
    pub too_often: &'static str,
    /// There is no account yet: what to do.
    pub nobody_yet: &'static str,
    /// The session is over: heading.
    pub over: &'static str,
    /// What to do, and that nothing typed is lost.
    pub over_lede: &'static str,
    /// The permission is not enough: heading.
    pub forbidden: &'static str,
    /// Which one is needed, and who gives it.
    pub forbidden_lede: fn(&str) -> String,
    /// A form that another site sent, or that is too old: heading.
    pub foreign: &'static str,
    /// What to do.
    pub foreign_lede: &'static str,
    /// The database does not answer: heading.
    pub dark: &'static str,
    /// What can be done on the host.
    pub dark_lede: &'static str,
    /// There is no such thing: heading.
    pub nothing: &'static str,
    /// What to do.
    pub nothing_lede: &'static str,
    /// What was asked for did not go: heading.
    pub refused: &'static str,
    /// Back to where one was.
    pub back: &'static str,
    /// What was done, after it was done.
    pub done: &'static str,
    /// Home: nothing is open.
    pub calm: &'static str,
    /// Home: below it.
    pub calm_lede: &'static str,
    /// Home: nothing is open, but some part does not fare well: heading.
    pub unwell: &'static str,
    /// What to do about it.
    pub unwell_lede: &'static str,
    /// Home: a notice waits, and goes out by itself then.
    pub waits: fn(&str) -> String,
    /// Home: a notice waits, and nobody let the clock go on.
    pub stopped: &'static str,
    /// Home: the all-clear goes out by itself then.
    pub clears: fn(&str) -> String,
    /// Home: nothing gives the all-clear by itself.
    pub clears_not: &'static str,
    /// Home: further open incidents, as a heading.
    pub open: &'static str,
    /// Home: incidents that are over, as a heading.
    pub past: &'static str,
    /// Home: nothing is over yet.
    pub no_past: &'static str,
    /// Home: troubles of Notlicht itself, as a heading.
    pub alarms: &'static str,
    /// How to find out more about them.
    pub alarms_lede: &'static str,
    /// There is no handbook: heading.
    pub no_handbook: &'static str,
    /// What to do.
    pub no_handbook_lede: &'static str,
    /// The parts, as a heading.
    pub parts: &'static str,
    /// Link to an incident.
    pub enter: &'static str,
    /// Say that something is wrong: link and heading.
    pub declare: &'static str,
    /// What happens then.
    pub declare_lede: &'static str,
    /// Label of the plan.
    pub plan: &'static str,
    /// None of the plans is chosen.
    pub no_plan: &'static str,
    /// Legend of the parts concerned.
    pub concerned: &'static str,
    /// What holds where none is ticked.
    pub concerned_hint: &'static str,
    /// Legend of how they fare.
    pub fares: &'static str,
    /// Label of how many minutes it has been going on.
    pub since_minutes: &'static str,
    /// What holds where nothing is written.
    pub since_hint: &'static str,
    /// What is no number of minutes.
    pub bad_minutes: &'static str,
    /// Label of the drill box.
    pub drill: &'static str,
    /// What a drill is.
    pub drill_hint: &'static str,
    /// One by this plan is open already.
    pub open_already: &'static str,
    /// One's sessions, as a heading.
    pub sessions: &'static str,
    /// Sessions of everybody, as a heading.
    pub all_sessions: &'static str,
    /// "Firefox auf Windows".
    pub agent: fn(&str, &str) -> String,
    /// Nothing is known of a browser.
    pub no_agent: &'static str,
    /// Signed in since then.
    pub signed_in: fn(&str) -> String,
    /// The session that one looks with.
    pub this_session: &'static str,
    /// "zuletzt heute, 13:47 Uhr (MEZ)".
    pub last_seen: fn(&str) -> String,
    /// End a session, an account or a token.
    pub end: &'static str,
    /// Change one's password: heading and button.
    pub change_password: &'static str,
    /// The password so far.
    pub old_password: &'static str,
    /// The new password.
    pub new_password: &'static str,
    /// How long a password must be.
    pub password_hint: &'static str,
    /// What a password that somebody else sets must be.
    pub set_password_hint: &'static str,
    /// Set somebody's password: summary and button.
    pub set_password: &'static str,
    /// The password is too short or too long.
    pub bad_password: &'static str,
    /// The password so far is another.
    pub wrong_password: &'static str,
    /// Label of the language.
    pub language: &'static str,
    /// Store.
    pub save: &'static str,
    /// Accounts, as a heading.
    pub accounts: &'static str,
    /// Accounts that ended, as a heading.
    pub ended_accounts: &'static str,
    /// This is one's own account.
    pub own_account: &'static str,
    /// Since when there is an account.
    pub since: fn(&str) -> String,
    /// What ending an account means, from its name.
    pub end_account: fn(&str) -> String,
    /// Add an account: heading and button.
    pub add_account: &'static str,
    /// What a name may be.
    pub name_hint: &'static str,
    /// What does not fit as a name.
    pub bad_name: &'static str,
    /// The name is taken.
    pub taken: &'static str,
    /// The last administrator stays.
    pub last_administrator: &'static str,
    /// No permission was chosen that there is.
    pub bad_may: &'static str,
    /// Label of the permission.
    pub may: &'static str,
    /// It ended then.
    pub ended: fn(&str) -> String,
    /// Tokens, as a heading.
    pub tokens: &'static str,
    /// What a token is for.
    pub tokens_lede: &'static str,
    /// Make a token: heading and button.
    pub add_token: &'static str,
    /// Label of a token's name.
    pub token_name: &'static str,
    /// What to call it.
    pub token_name_hint: &'static str,
    /// What ending a token means, from its name.
    pub end_token: fn(&str) -> String,
    /// By whom and when it was made.
    pub made_by: fn(&str, &str) -> String,
    /// When it was last used.
    pub last_used: fn(&str) -> String,
    /// The new token, shown once: heading.
    pub token_made: &'static str,
    /// How a program shows it.
    pub token_use: &'static str,
    /// The new token, shown once.
    pub token_once: &'static str,
    /// There is none.
    pub no_tokens: &'static str,
    /// Never used.
    pub never_used: &'static str,
}

/// Names of permissions, with what they allow.
pub struct Permissions {
    /// Looks.
    pub viewer: &'static str,
    /// Writes.
    pub writer: &'static str,
    /// Lets out.
    pub approver: &'static str,
    /// Everything.
    pub administrator: &'static str,
}

/// How grave an incident is (BSI-Standard 200-4).
pub struct Levels {
    /// Dealt with in the ordinary organisation.
    pub incident: &'static str,
    /// Time-critical, with a plan.
    pub emergency: &'static str,
    /// No plan fits.
    pub crisis: &'static str,
}
