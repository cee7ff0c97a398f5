//! What leaves the system and opens something (an invitation link, a calendar): 128 random bits as 22 characters.
//!
//! The secret itself is shown once; the database keeps its hash, so a stolen copy opens nothing.

use sha2::{Digest, Sha256};

use super::chance::Chance;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Characters of a secret: 128 bits, six a character.
pub const LENGTH: usize = 22;

/// A new secret of `[A-Za-z0-9_-]`, fit for a deep link.
pub fn new(chance: &Chance) -> String {
    let mut bits = u128::from_le_bytes(chance.bytes());
    let mut out = String::with_capacity(LENGTH);
    for _ in 0..LENGTH {
        out.push(char::from(LETTERS[(bits & 63) as usize]));
        bits >>= 6;
    }
    out
}

/// What is stored of a secret.
pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_of_one_length_and_never_alike() {
        let chance = Chance::seeded(1);
        let made: std::collections::BTreeSet<String> = (0..1000).map(|_| new(&chance)).collect();
        assert_eq!(made.len(), 1000);
        assert!(made.iter().all(|s| s.len() == LENGTH && s.bytes().all(|b| LETTERS.contains(&b))));
        assert_eq!(hash("a").len(), 32);
        assert_ne!(hash("a"), hash("b"));
    }
}
