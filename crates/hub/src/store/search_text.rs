//! What of a transaction is searched, as it is kept beside the row.

use domain::{Details, Money};

/// Text as it is searched: lower case, without the accents of Europe's languages, since people type without them. The
/// migration `0160_search.sql` did the same to the rows of earlier days.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.to_lowercase().chars() {
        let plain = match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ă' | 'ą' => "a",
            'æ' => "ae",
            'ç' | 'ć' | 'č' => "c",
            'ď' | 'đ' => "d",
            'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ł' => "l",
            'ñ' | 'ń' | 'ň' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => "o",
            'œ' => "oe",
            'ř' => "r",
            'ß' => "ss",
            'ś' | 'š' | 'ș' => "s",
            'ť' | 'ț' => "t",
            'ù' | 'ú' | 'û' | 'ü' | 'ů' | 'ű' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            other => {
                folded.push(other);
                continue;
            }
        };
        folded.push_str(plain);
    }
    folded
}

/// What is searched: amount, both sides' words and references.
pub(super) fn text(amount: Money, details: &Details) -> String {
    let party = &details.counterparty;
    let mut text = amount.decimal();
    let fields = [&party.name, &party.account, &details.end_to_end_id, &details.additional_information];
    for field in fields.into_iter().flatten().chain(&details.remittance) {
        text.push(' ');
        text.push_str(field);
    }
    if let Some(reference) = &details.structured {
        text.push(' ');
        text.push_str(reference.as_str());
    }
    folded(&text)
}

/// The name and the account of the other side, as they are searched.
pub(super) fn counterparty(details: &Details) -> String {
    let party = &details.counterparty;
    let parts: Vec<&str> = [&party.name, &party.account].into_iter().flatten().map(String::as_str).collect();
    folded(&parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn what_is_typed_without_accents_is_found() {
        assert_eq!(folded("Électricité GÖTTINGEN, Łódź, Œuvre Straße"), "electricite gottingen, lodz, oeuvre strasse");
    }
}
