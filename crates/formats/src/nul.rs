//! NUL in a text. No bank means it, databases refuse it, and it hides what follows from programs in C: it becomes a
//! blank, and the assembly keeps a defect.

use domain::{Details, Party, Statement, StructuredReference};

/// Whether a text holds one.
pub(crate) fn in_text(text: &str) -> bool {
    memchr::memchr(0, text.as_bytes()).is_some()
}

/// Replaces every one; true when there was one.
pub(crate) fn replace(text: &mut String) -> bool {
    let found = in_text(text);
    if found {
        *text = text.replace('\0', " ");
    }
    found
}

/// Replaces them in all texts of a movement.
pub(crate) fn replace_in(details: &mut Details) -> bool {
    let Details {
        counterparty: Party { name, account, bic },
        remittance,
        structured,
        end_to_end_id,
        mandate_id,
        creditor_id,
        purpose_code,
        bank_transaction_code,
        proprietary_code,
        additional_information,
        card_reference,
        original_amount: _,
        exchange_rate,
        fee: _,
        bank_id,
        entry_reference,
        balance_after: _,
    } = details;
    let single = [
        name,
        account,
        bic,
        end_to_end_id,
        mandate_id,
        creditor_id,
        purpose_code,
        bank_transaction_code,
        proprietary_code,
        additional_information,
        card_reference,
        exchange_rate,
        bank_id,
        entry_reference,
    ];
    let reference = structured.as_mut().map(|reference| match reference {
        StructuredReference::Ogm(text)
        | StructuredReference::Creditor(text)
        | StructuredReference::Qr(text)
        | StructuredReference::Other(text) => text,
    });
    let all = single.into_iter().filter_map(Option::as_mut).chain(remittance).chain(reference);
    all.fold(false, |found, text| found | replace(text))
}

/// Replaces them in the facts of a statement; its account is another account then.
pub(crate) fn replace_in_facts(statement: &mut Statement) -> bool {
    let texts = [&mut statement.id, &mut statement.number, &mut statement.holder, &mut statement.servicer_bic];
    let mut found = texts.into_iter().filter_map(Option::as_mut).fold(false, |found, text| found | replace(text));
    if in_text(statement.account.as_str()) {
        found = true;
        statement.account = domain::AccountReference::parse(&statement.account.as_str().replace('\0', " "));
    }
    found
}
