//! Numbers as they are read aloud.

/// The syllables of the small numbers, of the tens, and of the words between them.
pub(super) struct Numerals {
    /// From nought to nineteen.
    pub(super) small: [usize; 20],
    /// Twenty, thirty and so on.
    pub(super) tens: [usize; 8],
    /// Between tens and ones: `und` in German.
    pub(super) and: usize,
    /// Hundred.
    pub(super) hundred: usize,
    /// Thousand.
    pub(super) thousand: usize,
    /// Million.
    pub(super) million: usize,
}

impl Numerals {
    /// The syllables of these digits; long ones, and those that begin with 0, are read one by one.
    pub(super) fn of(&self, digits: &str) -> usize {
        match digits.parse::<usize>() {
            Ok(number) if digits.len() <= 7 && (!digits.starts_with('0') || digits.len() <= 2) => {
                self.whole(number)
            }
            _ => digits
                .bytes()
                .map(|digit| self.whole(usize::from(digit.saturating_sub(b'0'))))
                .sum(),
        }
    }

    fn whole(&self, number: usize) -> usize {
        let rest = |number: usize| if number == 0 { 0 } else { self.whole(number) };
        match number {
            0..20 => self.small.get(number).copied().unwrap_or(1),
            20..100 => {
                let tens = self.tens.get(number / 10 - 2).copied().unwrap_or(2);
                let and = if number.is_multiple_of(10) { 0 } else { self.and };
                tens + and + rest(number % 10)
            }
            100..1_000 => self.whole(number / 100) + self.hundred + rest(number % 100),
            // A year: nineteen hundred, twenty twenty-six would be a matter of taste.
            1_000..1_000_000 => self.whole(number / 1_000) + self.thousand + rest(number % 1_000),
            _ => self.whole(number / 1_000_000) + self.million + rest(number % 1_000_000),
        }
    }
}
