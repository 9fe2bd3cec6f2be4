//! A movement with its words, as the bank of its country writes them.

use domain::{Date, Details, Money, Transaction};

use super::words::{self, Words};
use super::{Kind, Profile, Skeleton};
use crate::bank::Land;
use crate::dice::Dice;

/// The whole movement. Ids and the balance after it are the ledger's to add.
pub(crate) fn render(profile: &Profile, skeleton: Skeleton, day: Date) -> Transaction {
    let mut dice = Dice::of(skeleton.salt, &[0x3E]);
    let Words { mut details, value_on } = words_of(profile, skeleton, day, &mut dice);
    details = in_the_banks_form(profile, details);
    if profile.land == Land::Belgium && profile.structured_field {
        details.proprietary_code = Some(febelfin_code(skeleton.kind).to_owned());
    }
    details.bank_transaction_code = Some(iso_code(skeleton.kind).to_owned());
    Transaction {
        booked_on: day,
        value_on: Some(value_on.unwrap_or(day)),
        amount: Money::new(skeleton.minor, profile.currency),
        details,
    }
}

/// Details as the bank of the account writes them: some have no field of its own for a structured reference.
pub(crate) fn in_the_banks_form(profile: &Profile, mut details: Details) -> Details {
    if !profile.structured_field
        && let Some(reference) = details.structured.take()
    {
        details.remittance.insert(0, reference.printed());
    }
    details
}

fn words_of(profile: &Profile, skeleton: Skeleton, day: Date, dice: &mut Dice) -> Words {
    let on = words::On { profile, salt: skeleton.salt, minor: skeleton.minor, day };
    match skeleton.kind {
        Kind::InvoicePaid => on.invoice_paid(dice),
        Kind::InvoicePaidFree => on.invoice_paid_in_prose(dice),
        Kind::InstantCredit => on.order_paid(dice),
        Kind::TerminalPayout => on.terminal_payout(dice),
        Kind::CreditReturned => on.transfer_returned(dice),
        Kind::WireIn => on.wire_in(dice),
        Kind::Supplier => on.supplier(dice),
        Kind::Refund => on.refund(dice),
        Kind::WireOut => on.wire_out(dice),
        Kind::DebitReturned => on.debit_returned(dice),
        Kind::Card => on.card(dice),
        Kind::CardAbroad => on.card_abroad(dice),
        Kind::Cash => on.cash(dice),
        Kind::DirectDebit => on.direct_debit(dice),
        Kind::Leasing => on.debited_by("Leasing du Condroz SA", "BE31ZZZ0499001122"),
        Kind::Telecom => on.debited_by("Mosane Télécom SA", "BE64ZZZ0400112233"),
        Kind::Energy => on.debited_by("Voltéa Énergie SA", "BE87ZZZ0411223344"),
        Kind::Insurance => on.debited_by("Assurances du Beffroi SA", "BE20ZZZ0422334455"),
        Kind::Salary => on.salary(),
        Kind::SalaryBatch => on.salary_batch(),
        Kind::Rent => on.rent(),
        Kind::Loan => on.loan(),
        Kind::OwnTransfer => on.own_transfer(),
        Kind::Saved => on.savings("Versement épargne"),
        Kind::Withdrawn => on.savings("Retrait épargne"),
        Kind::SocialContributions => on.to_the_state("ONSS / RSZ", "URSSAF", "Cotisations", "SSBE", dice),
        Kind::WithholdingTax => {
            on.to_the_state("SPF Finances - Précompte professionnel", "DGFIP", "Prélèvement à la source", "WHLD", dice)
        }
        Kind::Vat => on.to_the_state("SPF Finances - TVA", "DGFIP", "TVA CA3", "VATX", dice),
        Kind::BankFee => on.bank_fee(),
        Kind::Interest => on.interest(),
    }
}

/// ISO 20022 bank transaction code.
fn iso_code(kind: Kind) -> &'static str {
    match kind {
        Kind::InvoicePaid | Kind::InvoicePaidFree | Kind::TerminalPayout => "PMNT-RCDT-ESCT",
        Kind::InstantCredit => "PMNT-RRCT-ESCT",
        Kind::Supplier | Kind::Refund | Kind::Rent => "PMNT-ICDT-ESCT",
        Kind::Card | Kind::CardAbroad => "PMNT-CCRD-POSD",
        Kind::Cash => "PMNT-CCRD-CWDL",
        Kind::DirectDebit | Kind::Leasing | Kind::Telecom | Kind::Energy | Kind::Insurance => "PMNT-RDDT-ESDD",
        Kind::CreditReturned => "PMNT-ICDT-RRTN",
        Kind::DebitReturned => "PMNT-IDDT-UPDD",
        Kind::WireIn => "PMNT-RCDT-XBCT",
        Kind::WireOut => "PMNT-ICDT-XBCT",
        Kind::Salary | Kind::SalaryBatch => "PMNT-ICDT-SALA",
        Kind::SocialContributions | Kind::WithholdingTax | Kind::Vat => "PMNT-ICDT-ESCT",
        Kind::Loan => "LDAS-FTLN-PPAY",
        Kind::BankFee => "ACMT-MDOP-CHRG",
        Kind::Interest => "ACMT-MCOP-INTR",
        Kind::OwnTransfer | Kind::Saved | Kind::Withdrawn => "PMNT-ICDT-BOOK",
    }
}

/// Family and operation as in Belgian coded statements.
fn febelfin_code(kind: Kind) -> &'static str {
    match kind {
        Kind::InvoicePaid | Kind::InvoicePaidFree | Kind::WireIn => "0150",
        Kind::InstantCredit => "0250",
        Kind::TerminalPayout => "0450",
        Kind::Supplier | Kind::Refund | Kind::Rent | Kind::WireOut => "0101",
        Kind::SocialContributions | Kind::WithholdingTax | Kind::Vat => "0101",
        Kind::Salary | Kind::SalaryBatch => "0107",
        Kind::OwnTransfer | Kind::Saved | Kind::Withdrawn => "0105",
        Kind::Card | Kind::CardAbroad => "0402",
        Kind::Cash => "0404",
        Kind::DirectDebit | Kind::Leasing | Kind::Telecom | Kind::Energy | Kind::Insurance => "0501",
        Kind::DebitReturned => "0553",
        Kind::CreditReturned => "0151",
        Kind::Loan => "1301",
        Kind::BankFee => "8001",
        Kind::Interest => "3552",
    }
}
