//! The simulated banks and how each differs. A difference is data here; no handler asks for a bank by name.

/// The country of a bank, which decides its traffic and account numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Land {
    Belgium,
    France,
}

/// Which ids a bank gives its booked rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdPolicy {
    /// A `transactionId` and an `entryReference`, both kept for good.
    Stable,
    /// Only an `entryReference` that is the row's place in its day and moves when a late item is booked before it.
    Positional,
}

/// How a bank writes the link to the next page. A client must resolve it against the address it asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkStyle {
    Absolute,
    RootRelative,
}

/// One bank and its habits.
#[derive(Debug)]
pub(crate) struct Bank {
    pub(crate) slug: &'static str,
    pub(crate) name: &'static str,
    pub(crate) bic: &'static str,
    /// The national bank code in its account numbers.
    pub(crate) code: &'static str,
    pub(crate) land: Land,
    /// `stable` or `beta`, as a provider would list it.
    pub(crate) state: &'static str,
    /// The hue of its pages, so that a person sees at which bank they are.
    pub(crate) accent: &'static str,
    /// Longest life of a consent in days (Delegated Regulation (EU) 2022/2360: at most 180).
    pub(crate) consent_days: i32,
    /// How many days back a listing may begin.
    pub(crate) history_days: i32,
    pub(crate) ids: IdPolicy,
    pub(crate) gives_balance_after: bool,
    /// Whether resource ids are minted anew for each consent.
    pub(crate) resource_ids_per_consent: bool,
    pub(crate) newest_first: bool,
    pub(crate) page_rows: usize,
    pub(crate) links: LinkStyle,
    /// Whether statements may be asked for as camt.053 in XML.
    pub(crate) speaks_camt: bool,
    /// Whether the Belgian or ISO reference stands in its own field; else it stands in the free text.
    pub(crate) structured_field: bool,
}

/// Every bank, the first one being where loaded statement files go.
pub(crate) static BANKS: [Bank; 4] = [
    Bank {
        slug: "meuse",
        name: "Banque de la Meuse",
        bic: "MEUSBEBB",
        code: "725",
        land: Land::Belgium,
        state: "stable",
        accent: "meuse",
        consent_days: 180,
        history_days: 730,
        ids: IdPolicy::Stable,
        gives_balance_after: true,
        resource_ids_per_consent: false,
        newest_first: true,
        page_rows: 100,
        links: LinkStyle::Absolute,
        speaks_camt: false,
        structured_field: true,
    },
    Bank {
        slug: "lys",
        name: "Lys Bank",
        bic: "LYSBBEBB",
        code: "736",
        land: Land::Belgium,
        state: "beta",
        accent: "lys",
        consent_days: 90,
        history_days: 90,
        ids: IdPolicy::Positional,
        gives_balance_after: false,
        resource_ids_per_consent: true,
        newest_first: true,
        page_rows: 50,
        links: LinkStyle::RootRelative,
        speaks_camt: false,
        structured_field: false,
    },
    Bank {
        slug: "seine",
        name: "Crédit de la Seine",
        bic: "SEINFRPP",
        code: "30588",
        land: Land::France,
        state: "stable",
        accent: "seine",
        consent_days: 180,
        history_days: 395,
        ids: IdPolicy::Stable,
        gives_balance_after: true,
        resource_ids_per_consent: false,
        newest_first: false,
        page_rows: 200,
        links: LinkStyle::RootRelative,
        speaks_camt: true,
        structured_field: true,
    },
    // No provider has a file about it: it is found in the list of institutions alone.
    Bank {
        slug: "sambre",
        name: "Caisse de la Sambre",
        bic: "SAMBBEBB",
        code: "928",
        land: Land::Belgium,
        state: "beta",
        accent: "sambre",
        consent_days: 90,
        history_days: 365,
        ids: IdPolicy::Stable,
        gives_balance_after: true,
        resource_ids_per_consent: false,
        newest_first: true,
        page_rows: 100,
        links: LinkStyle::Absolute,
        speaks_camt: false,
        structured_field: true,
    },
];

/// The bank of a slug.
pub(crate) fn bank(slug: &str) -> Option<&'static Bank> {
    BANKS.iter().find(|bank| bank.slug == slug)
}
