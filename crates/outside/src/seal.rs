//! Seals a stream of bytes with a key, so that a stranger can neither read it nor change, shorten
//! or lengthen it unnoticed: for backups, which lie elsewhere.
//!
//! It is the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015), as other tools use it:
//! pieces of 64 KiB, each sealed with AES-256-GCM, with a nonce of a counter and a mark at the last
//! piece. The key of a stream is made from the key file's and 32 bytes of chance (HKDF-SHA256), so
//! that no nonce is used twice under a key. Nothing of a piece is given out before its seal fits.

use std::io::{self, Read, Write};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The first bytes of a sealed stream.
const MAGIC: &[u8; 16] = b"NOTLICHT-SEAL-1\n";
/// What a key file's line begins with.
const WORD: &str = "notlicht-key-1:";
/// So many bytes are sealed at a time.
const PIECE: usize = 64 * 1024;
/// So many bytes the seal of a piece takes.
const TAG: usize = 16;

/// The key of backups, as it stands in a key file.
pub struct SealKey([u8; 32]);

/// Why a text is no key.
#[derive(Debug, thiserror::Error)]
#[error("there is no line “{WORD}…” in it: name the key file, or make one with “--make-key FILE”")]
pub struct NoKey;

impl SealKey {
    /// A key from 32 bytes of chance.
    #[must_use]
    pub fn new(chance: [u8; 32]) -> Self {
        Self(chance)
    }

    /// Reads a key file: the first line that is none of comment.
    ///
    /// # Errors
    ///
    /// [`NoKey`].
    pub fn parse(text: &str) -> Result<Self, NoKey> {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(WORD)).ok_or(NoKey)?;
        let bytes = URL_SAFE_NO_PAD.decode(line.trim()).map_err(|_| NoKey)?;
        Ok(Self(bytes.try_into().map_err(|_| NoKey)?))
    }

    /// The line for a key file.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{WORD}{}", URL_SAFE_NO_PAD.encode(self.0))
    }

    fn of_stream(&self, salt: &[u8; 32]) -> LessSafeKey {
        let secret = Salt::new(HKDF_SHA256, salt).extract(&self.0);
        let key = secret.expand(&[b"notlicht seal 1"], &AES_256_GCM).expect("32 bytes are few");
        LessSafeKey::new(UnboundKey::from(key))
    }
}

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealKey(…)")
    }
}

/// A counter of pieces; never the same nonce twice.
struct Counter(u64);

impl Counter {
    fn next(&mut self, last: bool) -> Nonce {
        let mut nonce = [0; 12];
        nonce[3..11].copy_from_slice(&self.0.to_be_bytes());
        nonce[11] = u8::from(last);
        self.0 += 1;
        Nonce::assume_unique_for_key(nonce)
    }
}

/// Seals what is written into it. Without [`Sealer::finish`] the stream is a cut one.
pub struct Sealer<W> {
    out: W,
    key: LessSafeKey,
    counter: Counter,
    piece: Vec<u8>,
}

impl<W: Write> Sealer<W> {
    /// Begins a stream; `salt` is fresh chance.
    ///
    /// # Errors
    ///
    /// When `out` refuses.
    pub fn new(mut out: W, key: &SealKey, salt: [u8; 32]) -> io::Result<Self> {
        out.write_all(MAGIC)?;
        out.write_all(&salt)?;
        let key = key.of_stream(&salt);
        Ok(Self { out, key, counter: Counter(0), piece: Vec::with_capacity(PIECE + TAG) })
    }

    /// Writes the last piece and gives back what was written into.
    ///
    /// # Errors
    ///
    /// When it refuses.
    pub fn finish(mut self) -> io::Result<W> {
        self.seal(true)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn seal(&mut self, last: bool) -> io::Result<()> {
        let nonce = self.counter.next(last);
        self.key
            .seal_in_place_append_tag(nonce, Aad::from(MAGIC), &mut self.piece)
            .map_err(|_| io::Error::other("a piece could not be sealed"))?;
        self.out.write_all(&self.piece)?;
        self.piece.clear();
        Ok(())
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full piece waits until more comes: it may be the last.
        if self.piece.len() == PIECE {
            self.seal(false)?;
        }
        let taken = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Opens what was sealed.
pub struct Opener<R> {
    from: R,
    key: LessSafeKey,
    counter: Counter,
    piece: Vec<u8>,
    given: usize,
    /// The first bytes of the next piece, to know whether this one is the last.
    ahead: Vec<u8>,
    ended: bool,
}

impl<R: Read> Opener<R> {
    /// Reads the beginning of a stream.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn new(mut from: R, key: &SealKey) -> io::Result<Self> {
        let mut begin = [0; 48];
        let no = || bad("this is no backup of Notlicht, or its beginning is missing");
        from.read_exact(&mut begin).map_err(|_| no())?;
        let salt = begin.strip_prefix(MAGIC).and_then(|salt| <[u8; 32]>::try_from(salt).ok());
        let key = key.of_stream(&salt.ok_or_else(no)?);
        let (piece, ahead) = (Vec::new(), Vec::new());
        Ok(Self { from, key, counter: Counter(0), piece, given: 0, ahead, ended: false })
    }

    fn next(&mut self) -> io::Result<()> {
        self.piece.clear();
        self.given = 0;
        self.piece.append(&mut self.ahead);
        let whole = PIECE + TAG;
        let wanted = whole + 1 - self.piece.len();
        (&mut self.from).take(wanted as u64).read_to_end(&mut self.piece)?;
        let last = self.piece.len() <= whole;
        self.ahead = self.piece.split_off(self.piece.len().min(whole));
        let first = self.counter.0 == 0;
        let nonce = self.counter.next(last);
        let opened = self.key.open_in_place(nonce, Aad::from(MAGIC), &mut self.piece);
        let Ok(length) = opened.map(|plain| plain.len()) else {
            // Whoever asks again must not get what did not fit.
            self.piece.clear();
            return Err(bad(if first {
                "the key does not fit, or the file was changed or cut"
            } else {
                "the file was changed or cut"
            }));
        };
        self.piece.truncate(length);
        self.ended = last;
        Ok(())
    }
}

fn bad(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

impl<R: Read> Read for Opener<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.piece.len() && !self.ended {
            self.next()?;
        }
        let rest = &self.piece[self.given..];
        let taken = rest.len().min(out.len());
        out[..taken].copy_from_slice(&rest[..taken]);
        self.given += taken;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use proptest::prelude::*;

    use super::*;

    fn sealed(plain: &[u8]) -> Vec<u8> {
        let mut sealer = Sealer::new(Vec::new(), &SealKey::new([7; 32]), [9; 32]).unwrap();
        sealer.write_all(plain).unwrap();
        sealer.finish().unwrap()
    }

    fn opened(sealed: &[u8]) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        Opener::new(sealed, &SealKey::new([7; 32]))?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn what_was_sealed_comes_back_at_every_length() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5] {
            let plain: Vec<u8> = (0..length).map(|at| at.to_le_bytes()[0]).collect();
            let sealed = sealed(&plain);
            assert_eq!(opened(&sealed).unwrap(), plain);
            assert!(opened(&[sealed.as_slice(), b"x"].concat()).is_err(), "lengthened");
            // Cut between two pieces, too.
            for cut in [1, TAG, TAG + 1, PIECE + TAG, sealed.len() - 48] {
                let cut = sealed.len().saturating_sub(cut);
                assert!(opened(&sealed[..cut]).is_err(), "{length} cut to {cut}");
            }
        }
    }

    #[test]
    fn another_key_opens_nothing_and_a_key_survives_its_file() {
        let sealed = sealed(b"secret");
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        let key = SealKey::new([8; 32]);
        let why = Opener::new(&sealed[..], &key).unwrap().read(&mut [0; 9]).unwrap_err();
        assert!(why.to_string().contains("key does not fit"), "{why}");
        let again = SealKey::parse(&format!("# keep\n\n{}\n", key.line())).unwrap();
        assert_eq!(again.0, key.0);
        assert!(SealKey::parse("notlicht-key-1:short").is_err());
    }

    proptest! {
        #[test]
        fn no_changed_byte_goes_unnoticed(at in 0_usize..200_000, bit in 0_u8..8) {
            let mut sealed = sealed(&vec![5; 150_000]);
            let at = at % sealed.len();
            sealed[at] ^= 1 << bit;
            prop_assert!(opened(&sealed).is_err());
        }
    }
}
