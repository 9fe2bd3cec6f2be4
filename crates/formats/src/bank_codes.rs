//! Bank transaction codes of other schemes, mapped to those of ISO 20022 (external code set `BankTransactionCode`).
//! The original always stays beside the mapped one; a code that is not here is not mapped.

/// Types of SWIFT field 61 (User Handbook, category 9), and behind a slash the German business transaction code
/// (DFÜ agreement, appendix 3, `GVC`), which says more.
const SWIFT: &[(&str, &str, &str)] = &[
    // Code, for a debit, for a credit.
    ("104", "PMNT-RDDT-BBDD", "PMNT-IDDT-BBDD"),
    ("105", "PMNT-RDDT-ESDD", "PMNT-IDDT-ESDD"),
    ("106", "PMNT-CCRD-POSD", "PMNT-MCRD-POSP"),
    ("116", "PMNT-ICDT-ESCT", "PMNT-RCDT-ESCT"),
    ("117", "PMNT-ICDT-STDO", "PMNT-RCDT-STDO"),
    ("119", "PMNT-ICDT-ESCT", "PMNT-RCDT-ESCT"),
    ("152", "PMNT-ICDT-STDO", "PMNT-RCDT-STDO"),
    ("153", "PMNT-ICDT-SALA", "PMNT-RCDT-SALA"),
    ("166", "PMNT-ICDT-ESCT", "PMNT-RCDT-ESCT"),
    ("171", "PMNT-RDDT-ESDD", "PMNT-IDDT-ESDD"),
    ("177", "PMNT-ICDT-ESCT", "PMNT-RCDT-ESCT"),
    ("805", "ACMT-MDOP-CHRG", "ACMT-MCOP-CHRG"),
    ("808", "ACMT-MDOP-CHRG", "ACMT-MCOP-CHRG"),
    ("CHG", "ACMT-MDOP-CHRG", "ACMT-MCOP-CHRG"),
    ("CHK", "PMNT-ICHQ-CCHQ", "PMNT-RCHQ-CCHQ"),
    ("CMI", "CAMT-CAPL-OTHR", "CAMT-CAPL-OTHR"),
    ("COM", "ACMT-MDOP-COMM", "ACMT-MCOP-COMM"),
    ("DDT", "PMNT-RDDT-ESDD", "PMNT-IDDT-ESDD"),
    ("FEX", "FORX-SPOT-OTHR", "FORX-SPOT-OTHR"),
    ("INT", "ACMT-MDOP-INTR", "ACMT-MCOP-INTR"),
    ("RTI", "PMNT-RDDT-UPDD", "PMNT-IDDT-UPDD"),
    ("SEC", "SECU-SETT-OTHR", "SECU-SETT-OTHR"),
    ("STO", "PMNT-ICDT-STDO", "PMNT-RCDT-STDO"),
    ("TRF", "PMNT-ICDT-OTHR", "PMNT-RCDT-OTHR"),
];

/// The ISO code of a SWIFT type such as `NTRF`, or `NTRF/166` with the German code.
pub(crate) fn of_swift(code: &str, debit: bool) -> Option<String> {
    let (swift, german) = code.split_once('/').unwrap_or((code, ""));
    let find = |code: &str| SWIFT.binary_search_by(|(known, ..)| (*known).cmp(code)).ok().map(|at| &SWIFT[at]);
    find(german)
        .or_else(|| swift.get(1..).and_then(find))
        .map(|(_, for_debit, for_credit)| if debit { for_debit } else { for_credit })
        .map(|code| (*code).to_owned())
}

/// Families and operations of CODA (Febelfin standard, annex II); operations from 50 on are credits.
const CODA: &[(&str, &str)] = &[
    // Family and operation.
    ("0101", "PMNT-ICDT-ESCT"),
    ("0102", "PMNT-ICDT-ESCT"),
    ("0103", "PMNT-ICDT-STDO"),
    ("0105", "PMNT-ICDT-SALA"),
    ("0107", "PMNT-ICDT-ESCT"),
    ("0113", "PMNT-ICDT-BOOK"),
    ("0137", "ACMT-MDOP-CHRG"),
    ("0150", "PMNT-RCDT-ESCT"),
    ("0151", "PMNT-RCDT-ESCT"),
    ("0152", "PMNT-RCDT-ESCT"),
    ("0164", "PMNT-RCDT-BOOK"),
    ("0187", "ACMT-MCOP-CHRG"),
    ("0201", "PMNT-IRCT-ESCT"),
    ("0203", "PMNT-IRCT-STDO"),
    ("0205", "PMNT-IRCT-SALA"),
    ("0250", "PMNT-RRCT-ESCT"),
    ("0301", "PMNT-ICHQ-CCHQ"),
    ("0358", "PMNT-RCHQ-CCHQ"),
    ("0402", "PMNT-CCRD-POSD"),
    ("0403", "PMNT-CCRD-POSD"),
    ("0404", "PMNT-CCRD-CWDL"),
    ("0450", "PMNT-MCRD-POSP"),
    ("0501", "PMNT-RDDT-ESDD"),
    ("0550", "PMNT-IDDT-ESDD"),
    ("0901", "PMNT-CNTR-CWDL"),
    ("0950", "PMNT-CNTR-CDPT"),
    ("3501", "ACMT-MDOP-INTR"),
    ("3537", "ACMT-MDOP-CHRG"),
    ("3550", "ACMT-MCOP-INTR"),
    ("4101", "PMNT-ICDT-XBCT"),
    ("4150", "PMNT-RCDT-XBCT"),
];

/// The ISO code of a CODA transaction code: type, family, operation and category in eight digits.
pub(crate) fn of_coda(code: &str) -> Option<String> {
    let operation = code.get(1..5)?;
    // Family 80 is charges of every kind.
    if operation.starts_with("80") {
        return Some(if &operation[2..] < "50" { "ACMT-MDOP-CHRG" } else { "ACMT-MCOP-CHRG" }.to_owned());
    }
    let at = CODA.binary_search_by(|(known, _)| (*known).cmp(operation)).ok()?;
    Some(CODA[at].1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order_and_say_both_directions() {
        assert!(SWIFT.is_sorted_by_key(|(code, ..)| code) && CODA.is_sorted_by_key(|(code, _)| code));
        assert_eq!(of_swift("NTRF/166", false).as_deref(), Some("PMNT-RCDT-ESCT"));
        assert_eq!(of_swift("NTRF", true).as_deref(), Some("PMNT-ICDT-OTHR"));
        assert_eq!(of_swift("NMSC", true), None);
        assert_eq!(of_coda("00150000").as_deref(), Some("PMNT-RCDT-ESCT"));
        assert_eq!(of_coda("08037000").as_deref(), Some("ACMT-MDOP-CHRG"));
        assert_eq!(of_coda("09999000").as_deref(), None);
    }
}
