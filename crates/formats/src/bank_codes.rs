//! Bank transaction codes of other schemes, mapped to those of ISO 20022 (external code set `BankTransactionCode`).
//! The original always stays beside the mapped one; a code that is not here is not mapped.

/// Types of SWIFT field 61 (User Handbook, category 9), and behind a slash the German business transaction code
/// (DFÜ agreement, appendix 3, `GVC`), which says more.
const SWIFT: &[([u8; 3], &str, &str)] = &[
    // Code, for a debit, for a credit.
    (*b"104", "PMNT-RDDT-BBDD", "PMNT-IDDT-BBDD"),
    (*b"105", "PMNT-RDDT-ESDD", "PMNT-IDDT-ESDD"),
    (*b"106", "PMNT-CCRD-POSD", "PMNT-MCRD-POSP"),
    (*b"116", "PMNT-ICDT-ESCT", "PMNT-RCDT-ESCT"),
    (*b"117", "PMNT-ICDT-STDO", "PMNT-RCDT-STDO"),
    (*b"119", "PMNT-ICDT-ESCT", "PMNT-RCDT-ESCT"),
    (*b"152", "PMNT-ICDT-STDO", "PMNT-RCDT-STDO"),
    (*b"153", "PMNT-ICDT-SALA", "PMNT-RCDT-SALA"),
    (*b"166", "PMNT-ICDT-ESCT", "PMNT-RCDT-ESCT"),
    (*b"171", "PMNT-RDDT-ESDD", "PMNT-IDDT-ESDD"),
    (*b"177", "PMNT-ICDT-ESCT", "PMNT-RCDT-ESCT"),
    (*b"805", "ACMT-MDOP-CHRG", "ACMT-MCOP-CHRG"),
    (*b"808", "ACMT-MDOP-CHRG", "ACMT-MCOP-CHRG"),
    (*b"CHG", "ACMT-MDOP-CHRG", "ACMT-MCOP-CHRG"),
    (*b"CHK", "PMNT-ICHQ-CCHQ", "PMNT-RCHQ-CCHQ"),
    (*b"CMI", "CAMT-CAPL-OTHR", "CAMT-CAPL-OTHR"),
    (*b"COM", "ACMT-MDOP-COMM", "ACMT-MCOP-COMM"),
    (*b"DDT", "PMNT-RDDT-ESDD", "PMNT-IDDT-ESDD"),
    (*b"FEX", "FORX-SPOT-OTHR", "FORX-SPOT-OTHR"),
    (*b"INT", "ACMT-MDOP-INTR", "ACMT-MCOP-INTR"),
    (*b"RTI", "PMNT-RDDT-UPDD", "PMNT-IDDT-UPDD"),
    (*b"SEC", "SECU-SETT-OTHR", "SECU-SETT-OTHR"),
    (*b"STO", "PMNT-ICDT-STDO", "PMNT-RCDT-STDO"),
    (*b"TRF", "PMNT-ICDT-OTHR", "PMNT-RCDT-OTHR"),
];

/// The ISO code of a SWIFT type such as `NTRF`, or `NTRF/166` with the German code.
pub(crate) fn of_swift(code: &str, debit: bool) -> Option<String> {
    let (swift, german) = code.split_once('/').unwrap_or((code, ""));
    // Compared as numbers: most of the time that MT940 took went into comparing these as texts.
    let number = |[a, b, c]: [u8; 3]| u32::from_be_bytes([0, a, b, c]);
    let find = |code: &str| {
        let code = number(code.as_bytes().try_into().ok()?);
        SWIFT.binary_search_by_key(&code, |(known, ..)| number(*known)).ok().map(|at| &SWIFT[at])
    };
    find(german)
        .or_else(|| swift.get(1..).and_then(find))
        .map(|(_, for_debit, for_credit)| if debit { for_debit } else { for_credit })
        .map(|code| (*code).to_owned())
}

/// Families and operations of CODA (Febelfin standard, annex II); operations from 50 on are credits.
const CODA: &[([u8; 4], &str)] = &[
    // Family and operation.
    (*b"0101", "PMNT-ICDT-ESCT"),
    (*b"0102", "PMNT-ICDT-ESCT"),
    (*b"0103", "PMNT-ICDT-STDO"),
    (*b"0105", "PMNT-ICDT-SALA"),
    (*b"0107", "PMNT-ICDT-ESCT"),
    (*b"0113", "PMNT-ICDT-BOOK"),
    (*b"0137", "ACMT-MDOP-CHRG"),
    (*b"0150", "PMNT-RCDT-ESCT"),
    (*b"0151", "PMNT-RCDT-ESCT"),
    (*b"0152", "PMNT-RCDT-ESCT"),
    (*b"0164", "PMNT-RCDT-BOOK"),
    (*b"0187", "ACMT-MCOP-CHRG"),
    (*b"0201", "PMNT-IRCT-ESCT"),
    (*b"0203", "PMNT-IRCT-STDO"),
    (*b"0205", "PMNT-IRCT-SALA"),
    (*b"0250", "PMNT-RRCT-ESCT"),
    (*b"0301", "PMNT-ICHQ-CCHQ"),
    (*b"0358", "PMNT-RCHQ-CCHQ"),
    (*b"0402", "PMNT-CCRD-POSD"),
    (*b"0403", "PMNT-CCRD-POSD"),
    (*b"0404", "PMNT-CCRD-CWDL"),
    (*b"0450", "PMNT-MCRD-POSP"),
    (*b"0501", "PMNT-RDDT-ESDD"),
    (*b"0550", "PMNT-IDDT-ESDD"),
    (*b"0901", "PMNT-CNTR-CWDL"),
    (*b"0950", "PMNT-CNTR-CDPT"),
    (*b"3501", "ACMT-MDOP-INTR"),
    (*b"3537", "ACMT-MDOP-CHRG"),
    (*b"3550", "ACMT-MCOP-INTR"),
    (*b"4101", "PMNT-ICDT-XBCT"),
    (*b"4150", "PMNT-RCDT-XBCT"),
];

/// The ISO code of a CODA transaction code: type, family, operation and category in eight digits.
pub(crate) fn of_coda(code: &str) -> Option<String> {
    let operation = code.get(1..5)?;
    // Family 80 is charges of every kind.
    if operation.starts_with("80") {
        return Some(if &operation[2..] < "50" { "ACMT-MDOP-CHRG" } else { "ACMT-MCOP-CHRG" }.to_owned());
    }
    let number = u32::from_be_bytes;
    let operation = number(operation.as_bytes().try_into().ok()?);
    let at = CODA.binary_search_by_key(&operation, |(known, _)| number(*known)).ok()?;
    Some(CODA[at].1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order_and_say_both_directions() {
        assert!(SWIFT.is_sorted_by_key(|(code, ..)| *code) && CODA.is_sorted_by_key(|(code, _)| *code));
        assert_eq!(of_swift("NTRF/166", false).as_deref(), Some("PMNT-RCDT-ESCT"));
        assert_eq!(of_swift("NTRF", true).as_deref(), Some("PMNT-ICDT-OTHR"));
        assert_eq!(of_swift("NMSC", true), None);
        assert_eq!(of_coda("00150000").as_deref(), Some("PMNT-RCDT-ESCT"));
        assert_eq!(of_coda("08037000").as_deref(), Some("ACMT-MDOP-CHRG"));
        assert_eq!(of_coda("09999000").as_deref(), None);
    }
}
