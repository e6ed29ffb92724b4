//! Keys by their names, as the browser wants to be told of them.

use serde_json::{Value, json};

/// Name, code, the number that Windows gave it, and the text that it types.
const NAMED: [(&str, &str, &str, u32, &str); 14] = [
    ("Tab", "Tab", "Tab", 9, ""),
    ("Enter", "Enter", "Enter", 13, "\r"),
    ("Space", " ", "Space", 32, " "),
    ("Escape", "Escape", "Escape", 27, ""),
    ("Backspace", "Backspace", "Backspace", 8, ""),
    ("Delete", "Delete", "Delete", 46, ""),
    ("Home", "Home", "Home", 36, ""),
    ("End", "End", "End", 35, ""),
    ("PageUp", "PageUp", "PageUp", 33, ""),
    ("PageDown", "PageDown", "PageDown", 34, ""),
    ("Left", "ArrowLeft", "ArrowLeft", 37, ""),
    ("Up", "ArrowUp", "ArrowUp", 38, ""),
    ("Right", "ArrowRight", "ArrowRight", 39, ""),
    ("Down", "ArrowDown", "ArrowDown", 40, ""),
];

const MODIFIERS: [(&str, u32); 4] = [("Alt", 1), ("Control", 2), ("Meta", 4), ("Shift", 8)];

/// What the browser is told of a key that goes down and up again: `Enter`, `Shift+Tab`, `a`.
pub(crate) fn events(pressed: &str) -> [Value; 2] {
    let mut parts: Vec<&str> = pressed.split('+').collect();
    let name = parts.pop().unwrap();
    let modifiers: u32 =
        parts.iter().map(|part| MODIFIERS.iter().find(|(name, _)| name == part).unwrap().1).sum();
    let named = NAMED.iter().find(|(own, ..)| *own == name);
    let (key, code, number, text) = match named {
        Some((_, key, code, number, text)) => (*key, *code, *number, *text),
        None => {
            assert_eq!(name.chars().count(), 1, "“{name}” is no key");
            let letter = name.to_ascii_uppercase().as_bytes()[0];
            (name, "", if letter.is_ascii_alphanumeric() { letter.into() } else { 0 }, name)
        }
    };
    // With Control or Alt a key types nothing.
    let text = if modifiers & 7 == 0 { text } else { "" };
    let event = |kind: &str| {
        json!({"type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number,
            "modifiers": modifiers})
    };
    let mut down = event(if text.is_empty() { "rawKeyDown" } else { "keyDown" });
    if !text.is_empty() {
        down["text"] = text.into();
    }
    [down, event("keyUp")]
}
