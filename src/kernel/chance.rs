//! Chance, passed in like time: seeded in tests, from the operating system in a real start.

use std::sync::{Arc, Mutex, PoisonError};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// A source of random bytes. Clones share one stream.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<ChaCha20Rng>>);

impl Chance {
    /// Seeded from 32 bytes; with bytes of the operating system it is fit for keys and nonces.
    pub fn from_seed(seed: [u8; 32]) -> Chance {
        Chance(Arc::new(Mutex::new(ChaCha20Rng::from_seed(seed))))
    }

    /// A repeatable stream for tests and demonstrations.
    pub fn seeded(seed: u64) -> Chance {
        Chance(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut out);
        out
    }

    /// A number in `0..n`; 0 when `n` is 0. The bias is below 2⁻³² for the sizes used here.
    pub fn below(&self, n: u64) -> u64 {
        if n == 0 { 0 } else { u64::from_le_bytes(self.bytes()) % n }
    }
}
