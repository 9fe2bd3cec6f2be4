use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use domain::Entropy;

/// Random bytes of the operating system, by way of the cryptographic library. This is what every running party uses;
/// tests and simulations are seeded instead.
pub struct SystemEntropy(SystemRandom);

impl SystemEntropy {
    /// The system's source.
    pub fn new() -> SystemEntropy {
        SystemEntropy(SystemRandom::new())
    }
}

impl Default for SystemEntropy {
    fn default() -> SystemEntropy {
        SystemEntropy::new()
    }
}

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        // A system that cannot give random bytes can make no session and no key: stopping is the only safe answer.
        self.0.fill(buffer).expect("the operating system gives random bytes");
    }
}
