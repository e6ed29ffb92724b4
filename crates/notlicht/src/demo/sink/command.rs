//! What a client says, read strictly by RFC 5321: a sink that overlooks mistakes proves nothing.

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// `EHLO domain` (or, without extensions, `HELO domain`).
    Hello {
        /// Whether extensions were asked for.
        extended: bool,
    },
    /// `MAIL FROM:<path> parameters`.
    Mail {
        /// Whether the message may hold bytes above 127.
        eight_bit: bool,
        /// Whether addresses and headers may hold letters beyond ASCII.
        utf8: bool,
        /// How large the message is said to be, in bytes.
        size: usize,
    },
    /// `RCPT TO:<path>`.
    Rcpt(String),
    /// `DATA`.
    Data,
    /// `RSET`.
    Reset,
    /// `NOOP`.
    Noop,
    /// `QUIT`.
    Quit,
}

/// The answer to what is no command, or none for here.
pub(super) type Refusal = &'static str;

const SYNTAX: Refusal = "501 5.5.4 that is not how this command is written";
const ADDRESS: Refusal = "553 5.1.3 that is no address";

impl Command {
    /// Reads one line without its end.
    pub(super) fn read(line: &[u8]) -> Result<Self, Refusal> {
        let line = std::str::from_utf8(line).map_err(|_| "500 5.5.2 that is not UTF-8")?;
        if line.chars().any(char::is_control) {
            return Err("500 5.5.2 a command is one line of printable characters");
        }
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let alone = |command| if rest.is_empty() { Ok(command) } else { Err(SYNTAX) };
        match verb.to_ascii_uppercase().as_str() {
            verb @ ("EHLO" | "HELO") => {
                let named = !rest.is_empty() && !rest.contains(' ');
                if named { Ok(Self::Hello { extended: verb == "EHLO" }) } else { Err(SYNTAX) }
            }
            "MAIL" => mail(rest),
            "RCPT" => {
                let (path, parameters) = path(rest, "TO:")?;
                if !parameters.is_empty() {
                    return Err("555 5.5.4 no parameters are known here");
                }
                if is_address(path) { Ok(Self::Rcpt(path.to_owned())) } else { Err(ADDRESS) }
            }
            "DATA" => alone(Self::Data),
            "RSET" => alone(Self::Reset),
            "QUIT" => alone(Self::Quit),
            "NOOP" => Ok(Self::Noop),
            _ => Err("500 5.5.1 that command is not known here"),
        }
    }
}

fn mail(rest: &str) -> Result<Command, Refusal> {
    let (path, parameters) = path(rest, "FROM:")?;
    let (mut eight_bit, mut utf8, mut size) = (false, false, 0);
    for parameter in parameters.split_ascii_whitespace() {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match (name.to_ascii_uppercase().as_str(), value.to_ascii_uppercase().as_str()) {
            ("SIZE", digits) => size = digits.parse().map_err(|_| SYNTAX)?,
            ("BODY", "7BIT") => {}
            ("BODY", "8BITMIME") => eight_bit = true,
            ("SMTPUTF8", "") => utf8 = true,
            _ => return Err("555 5.5.4 that parameter is not known here"),
        }
    }
    // The empty path is that of a message about a message.
    if !path.is_empty() && !is_address(path) {
        return Err(ADDRESS);
    }
    if !path.is_ascii() && !utf8 {
        return Err("553 5.6.7 say SMTPUTF8 for this address");
    }
    Ok(Command::Mail { eight_bit, utf8, size })
}

/// `FROM:<path> rest`, without a space before the path.
fn path<'a>(text: &'a str, word: &str) -> Result<(&'a str, &'a str), Refusal> {
    let (start, rest) = text.split_at_checked(word.len()).ok_or(SYNTAX)?;
    let inner = rest.strip_prefix('<').filter(|_| start.eq_ignore_ascii_case(word));
    let (path, parameters) = inner.and_then(|rest| rest.split_once('>')).ok_or(SYNTAX)?;
    match parameters.strip_prefix(' ') {
        Some(parameters) => Ok((path, parameters)),
        None if parameters.is_empty() => Ok((path, parameters)),
        None => Err(SYNTAX),
    }
}

fn is_address(path: &str) -> bool {
    let Some((local, domain)) = path.rsplit_once('@') else { return false };
    let plain = |c: char| !c.is_whitespace() && !"<>(),;:\\\"[]@".contains(c);
    let label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    (1..=64).contains(&local.len())
        && !local.split('.').any(str::is_empty)
        && local.chars().all(plain)
        && domain.len() <= 255
        && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_as_the_standard_says_is_understood() {
        let read = |line: &str| Command::read(line.as_bytes());
        assert_eq!(read("EHLO lindenhof.example"), Ok(Command::Hello { extended: true }));
        let plain = Command::Mail { eight_bit: false, utf8: false, size: 0 };
        assert_eq!(read("MAIL FROM:<a@b.example>"), Ok(plain.clone()));
        assert_eq!(read("mail from:<>"), Ok(plain));
        let full = Command::Mail { eight_bit: true, utf8: true, size: 1200 };
        assert_eq!(read("MAIL FROM:<ä@b.example> SIZE=1200 BODY=8BITMIME SMTPUTF8"), Ok(full));
        let to = Command::Rcpt("erika.m+news@bücher.example".to_owned());
        assert_eq!(read("RCPT TO:<erika.m+news@bücher.example>"), Ok(to));
        assert_eq!(read("NOOP whatever"), Ok(Command::Noop));
    }

    #[test]
    fn a_sender_that_breaks_the_standard_is_told_so() {
        for (line, code) in [
            ("EHLO", "501"),
            ("EHLO two words", "501"),
            ("MAIL FROM: <a@b.example>", "501"),
            ("MAIL FROM:a@b.example", "501"),
            ("MAIL FROM:<a@b.example>SIZE=1", "501"),
            ("MAIL FROM:<a@b.example> SIZE=x", "501"),
            ("MAIL FROM:<a@b.example> HOLD=1", "555"),
            ("MAIL FROM:<ä@b.example>", "553"),
            ("RCPT TO:<nobody>", "553"),
            ("RCPT TO:<a..b@c.example>", "553"),
            ("RCPT TO:<a b@c.example>", "553"),
            ("RCPT TO:<a@-c.example>", "553"),
            ("RCPT TO:<>", "553"),
            ("RCPT TO:<a@b.example> NOTIFY=NEVER", "555"),
            ("DATA now", "501"),
            ("TURN", "500"),
            ("", "500"),
            ("QUIT\r", "500"),
        ] {
            let refused = Command::read(line.as_bytes()).expect_err(line);
            assert!(refused.starts_with(code), "{line}: {refused}");
        }
    }
}
