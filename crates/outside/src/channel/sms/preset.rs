//! Gateways that are known by name: what their documentation says of them, and no more.

/// A gateway's way of being called. What the handbook writes itself counts instead.
#[derive(Debug)]
pub(super) struct Preset {
    pub(super) name: &'static str,
    pub(super) url: &'static str,
    /// Stands behind the address.
    pub(super) query: &'static str,
    pub(super) method: &'static str,
    pub(super) body: &'static str,
    pub(super) header: &'static str,
    pub(super) auth: &'static str,
    pub(super) accepted: &'static str,
    pub(super) later: &'static str,
    pub(super) refused: &'static str,
    pub(super) gone: &'static str,
    pub(super) down: &'static str,
}

const NONE: Preset = Preset {
    name: "",
    url: "",
    query: "",
    method: "POST",
    body: "",
    header: "",
    auth: "none",
    accepted: "",
    later: "",
    refused: "",
    gone: "",
    down: "",
};

/// The names, for the handbook's check.
pub(super) const NAMES: &[&str] = &["kannel", "seven", "sipgate", "twilio"];

static PRESETS: [Preset; 4] = [
    // Kannel's user guide, “Using the HTTP interface to smsbox”: taken is 202 (“0: Accepted for
    // delivery” or “3: Queued for later delivery”).
    Preset {
        name: "kannel",
        url: "http://127.0.0.1:13013/cgi-bin/sendsms",
        query: "?username={user}&password={password}&from={from}&to={to}&text={text}\
                &charset=UTF-8&coding={coding}",
        method: "GET",
        accepted: "202",
        later: "503",
        ..NONE
    },
    // seven.io, “SMS API”: with Accept: application/json the field “success” is 100 where it was
    // taken; 500 no credit, 900 wrong key, 902 switched off, 903 wrong address of the caller.
    Preset {
        name: "seven",
        url: "https://gateway.seven.io/api/sms",
        body: "to={to}&text={text}&from={from}",
        header: "X-Api-Key: {password}",
        accepted: "/success=100 | =100",
        later: "/success=600 | =600",
        down: "/success=500 | /success=900 | /success=902 | /success=903 \
               | =500 | =900 | =902 | =903",
        ..NONE
    },
    // sipgate.io, “REST API, sessions/sms”: the sender is the SMS extension (s0); 204 where taken.
    Preset {
        name: "sipgate",
        url: "https://api.sipgate.com/v2/sessions/sms",
        body: r#"{"smsId": "{from}", "recipient": "{to}", "message": "{text}"}"#,
        auth: "basic",
        ..NONE
    },
    // Twilio, “Messages resource” and “Error dictionary”: 21610 the recipient said STOP, 21211 and
    // 21614 no mobile number.
    Preset {
        name: "twilio",
        url: "https://api.twilio.com/2010-04-01/Accounts/{user}/Messages.json",
        body: "To={to}&From={from}&Body={text}",
        auth: "basic",
        accepted: "201",
        refused: "/code=21610 | /code=21211 | /code=21614",
        ..NONE
    },
];

/// The preset of this name; none gives an empty one.
pub(super) fn preset(name: Option<&str>) -> &'static Preset {
    PRESETS.iter().find(|one| Some(one.name) == name).unwrap_or(&NONE)
}
