//! The rules of camt.053.001.08's schema that a writer can break: which elements there are, in which order, which must
//! be there, and how long texts may be. Written down from the schema; the schema itself is not kept here.

use formats::Format;
use proptest::prelude::*;
use quick_xml::events::Event;

use crate::round_trip::statement;

/// Parent, and its children in order; `!` marks those that must be there.
const ORDER: &[(&str, &[&str])] = &[
    ("Document", &["BkToCstmrStmt!"]),
    ("BkToCstmrStmt", &["GrpHdr!", "Stmt!"]),
    ("GrpHdr", &["MsgId!", "CreDtTm!"]),
    ("Stmt", &["Id!", "StmtPgntn", "ElctrncSeqNb", "FrToDt", "Acct!", "Bal!", "Ntry"]),
    ("StmtPgntn", &["PgNb!", "LastPgInd!"]),
    ("FrToDt", &["FrDtTm!", "ToDtTm!"]),
    ("Acct", &["Id!", "Ccy", "Ownr", "Svcr"]),
    ("Bal", &["Tp!", "Amt!", "CdtDbtInd!", "Dt!"]),
    (
        "Ntry",
        &[
            "NtryRef",
            "Amt!",
            "CdtDbtInd!",
            "Sts!",
            "BookgDt",
            "ValDt",
            "AcctSvcrRef",
            "BkTxCd!",
            "AmtDtls",
            "Chrgs",
            "CardTx",
            "NtryDtls",
            "AddtlNtryInf",
        ],
    ),
    (
        "TxDtls",
        &[
            "Refs",
            "Amt",
            "CdtDbtInd",
            "AmtDtls",
            "BkTxCd",
            "Chrgs",
            "RltdPties",
            "RltdAgts",
            "Purp",
            "RmtInf",
            "CardTx",
            "AddtlTxInf",
        ],
    ),
    ("Refs", &["AcctSvcrRef", "EndToEndId", "MndtId"]),
    ("RltdPties", &["Dbtr", "DbtrAcct", "Cdtr", "CdtrAcct"]),
    ("Dbtr", &["Pty!"]),
    ("Cdtr", &["Pty!"]),
    ("Pty", &["Nm", "Id"]),
    ("RltdAgts", &["DbtrAgt", "CdtrAgt"]),
    ("RmtInf", &["Ustrd", "Strd"]),
    ("BkTxCd", &["Domn", "Prtry"]),
    ("Domn", &["Cd!", "Fmly!"]),
    ("Fmly", &["Cd!", "SubFmlyCd!"]),
    ("CardTx", &["Card"]),
    ("Card", &["AddtlCardData"]),
    ("InstdAmt", &["Amt!", "CcyXchg"]),
    ("CcyXchg", &["SrcCcy!", "TrgtCcy", "XchgRate!"]),
];

/// Longest texts; a code of the bank transaction has four characters.
const LENGTHS: &[(&str, usize)] = &[
    ("MsgId", 35),
    ("Id", 35),
    ("NtryRef", 35),
    ("AcctSvcrRef", 35),
    ("EndToEndId", 35),
    ("MndtId", 35),
    ("Nm", 140),
    ("Ustrd", 140),
    ("AddtlNtryInf", 500),
    ("AddtlTxInf", 500),
    ("Ref", 35),
    ("SubFmlyCd", 4),
    ("AddtlCardData", 70),
];

fn breaks(xml: &str) -> Option<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    // Each open element with the children it has had.
    let mut open: Vec<(String, Vec<String>)> = Vec::new();
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                if let Some((_, children)) = open.last_mut() {
                    children.push(name.clone());
                }
                text.clear();
                open.push((name, Vec::new()));
            }
            Event::End(_) => {
                let (name, children) = open.pop().unwrap();
                if let Some((_, rule)) = ORDER.iter().find(|(parent, _)| *parent == name) {
                    let place = |child: &String| rule.iter().position(|known| known.trim_end_matches('!') == child);
                    let places: Option<Vec<usize>> = children.iter().map(place).collect();
                    let Some(places) = places else { return Some(format!("{name} has {children:?}")) };
                    if !places.is_sorted() {
                        return Some(format!("{name} has {children:?} in this order"));
                    }
                    let missing = rule.iter().filter_map(|known| known.strip_suffix('!'));
                    if let Some(missing) =
                        missing.into_iter().find(|known| !children.iter().any(|child| child == known))
                    {
                        return Some(format!("{name} lacks {missing}"));
                    }
                }
                let leaf = children.is_empty() && name != "TxDtls";
                if leaf && text.is_empty() {
                    return Some(format!("{name} is empty"));
                }
                let longest = LENGTHS.iter().find(|(known, _)| *known == name).map(|(_, longest)| *longest);
                if leaf && longest.is_some_and(|longest| text.chars().count() > longest) {
                    return Some(format!("{name} is longer than {longest:?}"));
                }
                text.clear();
            }
            Event::Text(piece) => text.push_str(&piece),
            Event::GeneralRef(_) => text.push('&'),
            Event::Eof => return None,
            Event::Empty(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn camt053_keeps_the_schemas_rules(statement in statement()) {
        let written = Format::named("camt053").unwrap().write(&[statement]).unwrap();
        let xml = String::from_utf8(written.bytes).unwrap();
        prop_assert_eq!(breaks(&xml), None, "{}", xml);
    }
}

/// The rules above find what they are for.
#[test]
fn broken_rules_are_found() {
    for (xml, found) in [
        ("<Bal><Amt>1</Amt><Tp>x</Tp></Bal>", "Bal has [\"Amt\", \"Tp\"] in this order"),
        ("<RltdAgts><Dbtr><Pty><Nm>x</Nm></Pty></Dbtr></RltdAgts>", "RltdAgts has [\"Dbtr\"]"),
        ("<StmtPgntn><PgNb>1</PgNb></StmtPgntn>", "StmtPgntn lacks LastPgInd"),
        ("<Refs><EndToEndId></EndToEndId></Refs>", "EndToEndId is empty"),
    ] {
        assert_eq!(breaks(xml).as_deref(), Some(found));
    }
}
