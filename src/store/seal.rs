//! Sealing: values that only the running bot can read (XChaCha20-Poly1305, 256-bit key, random 192-bit nonce).
//!
//! A sealed value is `version, key id (4 bytes), nonce (24), ciphertext and tag`. The associated data names the row and
//! its version, so that a value copied to another row or rolled back does not open.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

use super::{Error, Result};
use crate::kernel::chance::Chance;

const FORMAT: u8 = 1;
const HEAD: usize = 1 + 4 + 24;

/// The keys at hand: the first one seals, all open.
#[derive(Clone)]
pub struct Keys {
    current: [u8; 4],
    all: Arc<BTreeMap<[u8; 4], XChaCha20Poly1305>>,
    chance: Chance,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({} of them)", self.all.len())
    }
}

impl Keys {
    /// Makes the ring of raw 32-byte keys, the sealing one first.
    ///
    /// # Errors
    /// There is none.
    pub fn new(keys: &[[u8; 32]], chance: Chance) -> Result<Keys> {
        let all: BTreeMap<_, _> = keys.iter().map(|k| (id(k), XChaCha20Poly1305::new(&Key::from(*k)))).collect();
        let first = keys.first().ok_or_else(|| Error::Place("There is no key to seal private values with.".into()))?;
        Ok(Keys { current: id(first), all: Arc::new(all), chance })
    }

    /// Reads keys as hexadecimal lines, from the environment's text or a key file.
    ///
    /// # Errors
    /// A line that is not 64 hexadecimal digits.
    pub fn parse(text: &str, chance: Chance) -> Result<Keys> {
        let keys: Option<Vec<[u8; 32]>> = text.split_whitespace().filter(|l| !l.is_empty()).map(unhex).collect();
        let keys =
            keys.ok_or_else(|| Error::Place("A sealing key must be 64 hexadecimal digits, one key a line.".into()))?;
        Keys::new(&keys, chance)
    }

    /// Reads the key file, or makes it (readable by its owner only) at the first start.
    ///
    /// # Errors
    /// The file cannot be read or made, or holds something else.
    pub fn open_file(path: &Path, chance: Chance) -> Result<Keys> {
        if !path.exists() {
            make(path, &chance.bytes())?;
        }
        let text = fs::read_to_string(path)
            .map_err(|e| Error::Place(format!("The key file {} cannot be read ({e}).", path.display())))?;
        Keys::parse(&text, chance)
    }

    /// Seals `plain` for the place named by `row`.
    ///
    /// # Errors
    /// Only for values over 256 GiB.
    pub fn seal(&self, row: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; 24] = self.chance.bytes();
        let cipher = self.all.get(&self.current).ok_or(Error::Sealed)?;
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: row.as_bytes() })
            .map_err(|_| Error::Sealed)?;
        let mut out = Vec::with_capacity(HEAD + sealed.len());
        out.push(FORMAT);
        out.extend_from_slice(&self.current);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens what [`Keys::seal`] made for the same row.
    ///
    /// # Errors
    /// [`Error::Sealed`]: another key, another row, or a changed value.
    pub fn open(&self, row: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let (head, body) = sealed.split_at_checked(HEAD).ok_or(Error::Sealed)?;
        let (Some(&FORMAT), Ok(key), Ok(nonce)) =
            (head.first(), <[u8; 4]>::try_from(&head[1..5]), <[u8; 24]>::try_from(&head[5..]))
        else {
            return Err(Error::Sealed);
        };
        let cipher = self.all.get(&key).ok_or(Error::Sealed)?;
        cipher.decrypt(&XNonce::from(nonce), Payload { msg: body, aad: row.as_bytes() }).map_err(|_| Error::Sealed)
    }
}

/// A key's public name: the first bytes of its hash.
fn id(key: &[u8; 32]) -> [u8; 4] {
    let hash = Sha256::digest(key);
    [hash[0], hash[1], hash[2], hash[3]]
}

fn unhex(line: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    if line.len() != 64 || !line.is_ascii() {
        return None;
    }
    for (i, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&line[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(out)
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

fn make(path: &Path, key: &[u8; 32]) -> Result<()> {
    let refuse = |e: std::io::Error| {
        Error::Place(format!(
            "The key file {} cannot be made ({e}). Give the bot the right to write there.",
            path.display()
        ))
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(refuse)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(refuse)?;
    writeln!(file, "{}", hex(key)).and_then(|()| file.sync_all()).map_err(refuse)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::new(&[[7; 32], [9; 32]], Chance::seeded(1)).unwrap()
    }

    #[test]
    fn a_value_opens_only_in_its_row_and_unchanged() {
        let sealed = keys().seal("run:1:2:3", b"yes no yes").unwrap();
        assert_eq!(keys().open("run:1:2:3", &sealed).unwrap(), b"yes no yes");
        assert!(keys().open("run:1:2:4", &sealed).is_err());
        for i in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[i] ^= 1;
            assert!(keys().open("run:1:2:3", &changed).is_err(), "byte {i}");
        }
        assert!(keys().open("run:1:2:3", &sealed[..20]).is_err());
    }

    #[test]
    fn an_older_key_still_opens_and_a_lost_one_does_not() {
        let old = Keys::new(&[[9; 32]], Chance::seeded(2)).unwrap();
        let sealed = old.seal("x", b"y").unwrap();
        assert_eq!(keys().open("x", &sealed).unwrap(), b"y");
        let other = Keys::new(&[[1; 32]], Chance::seeded(2)).unwrap();
        assert!(other.open("x", &sealed).is_err());
    }

    #[test]
    fn the_key_file_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data").join("keys");
        let sealed = Keys::open_file(&path, Chance::seeded(3)).unwrap().seal("x", b"y").unwrap();
        assert_eq!(Keys::open_file(&path, Chance::seeded(4)).unwrap().open("x", &sealed).unwrap(), b"y");
        fs::write(&path, "short").unwrap();
        assert!(Keys::open_file(&path, Chance::seeded(4)).is_err());
    }
}
