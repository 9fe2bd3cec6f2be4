/// A repeatable source of choices: SplitMix64 (Steele, Lea and Flood 2014) from a seed, without a lock. The sandbox
/// never draws from a shared stream: each day, row and fault has its own dice, so that asking for one thing cannot
/// change another.
#[derive(Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The dice that belong to a seed and what they decide about.
    pub(crate) fn of(seed: u64, about: &[u64]) -> Dice {
        Dice(about.iter().fold(mix(seed), |state, part| mix(state ^ part.wrapping_mul(0xD6E8_FEB8_6659_FD93))))
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number from 0 up to, not including, a bound above 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        u64::try_from((u128::from(self.next()) * u128::from(bound)) >> 64).expect("the high half fits")
    }

    /// An index into something of this length.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        let length = u64::try_from(length).expect("a length fits in 64 bits");
        usize::try_from(self.below(length)).expect("an index below a length fits")
    }

    /// A number between two bounds, both possible.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low + 1).expect("the upper bound is not below the lower");
        low + i64::try_from(self.below(width)).expect("a width between two i64 fits")
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, percent: u8) -> bool {
        self.below(100) < u64::from(percent)
    }

    /// One of a table.
    pub(crate) fn pick<T: Copy>(&mut self, table: &[T]) -> T {
        table[self.index(table.len())]
    }

    /// So many decimal digits.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.below(10)).expect("a digit fits"))).collect()
    }
}

/// Spreads the bits of a number (the finaliser of SplitMix64).
pub(crate) fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number for a text (FNV-1a, then mixed): the same in every build, unlike the standard library's hasher.
pub(crate) fn number_of(text: &str) -> u64 {
    number_of_bytes(text.as_bytes())
}

/// A number for bytes, as [`number_of`].
pub(crate) fn number_of_bytes(bytes: &[u8]) -> u64 {
    mix(bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3)))
}

/// A number for a day: days since 0001-01-01.
pub(crate) fn number_of_day(day: domain::Date) -> u64 {
    let days = (day - domain::Date::constant(1, 1, 1)).get_days();
    u64::try_from(days).unwrap_or(0)
}

/// Sixteen characters that look like a bank's reference, without the letters that people confuse with digits.
pub(crate) fn code_of(number: u64, length: usize) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut dice = Dice(number);
    (0..length).map(|_| char::from(ALPHABET[dice.index(ALPHABET.len())])).collect()
}
