//! Whether two tellings of a movement from two sources can be one movement. Sources shorten names, leave out accounts and
//! put references into prose, so silence of one side says nothing; what both sides say decides.

use domain::Details;

/// How alike two tellings of the same day and amount are; `None` when they contradict each other.
pub(super) fn likeness(one: &Details, other: &Details) -> Option<u32> {
    let mut score = 0;
    let account = |details: &Details| bare(details.counterparty.account.as_deref());
    let structured = |details: &Details| details.structured.as_ref().map(|reference| reference.as_str().to_owned());
    let end_to_end = |details: &Details| bare(details.end_to_end_id.as_deref()).filter(|id| id != "NOTPROVIDED");
    let hard =
        [(account(one), account(other)), (structured(one), structured(other)), (end_to_end(one), end_to_end(other))];
    for (mine, theirs) in hard {
        match (mine, theirs) {
            (Some(mine), Some(theirs)) if mine == theirs => score += 10,
            (Some(_), Some(_)) => return None,
            (None, _) | (_, None) => {}
        }
    }
    let (mine, theirs) = (words(one), words(other));
    let shared = mine.iter().filter(|word| theirs.contains(word)).count();
    // Both speak, of nothing in common, and no reference says that it is the same: two movements.
    if score == 0 && shared == 0 && !mine.is_empty() && !theirs.is_empty() {
        return None;
    }
    Some(score + u32::try_from(shared.min(9)).unwrap_or(9))
}

fn bare(text: Option<&str>) -> Option<String> {
    let bare: String = text?.chars().filter(char::is_ascii_alphanumeric).collect();
    (!bare.is_empty()).then(|| bare.to_uppercase())
}

/// The words of name and communication that say something.
fn words(details: &Details) -> Vec<String> {
    let party = &details.counterparty;
    let texts = [&party.name, &details.additional_information].into_iter().flatten().chain(&details.remittance);
    let mut words: Vec<String> = texts
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() > 2)
        .map(str::to_uppercase)
        .collect();
    if let Some(reference) = &details.structured {
        words.push(reference.as_str().to_uppercase());
    }
    words.sort();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use domain::Party;

    use super::*;

    fn told(name: &str, account: &str, text: &str) -> Details {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Details {
            counterparty: Party { name: some(name), account: some(account), bic: None },
            remittance: some(text).into_iter().collect(),
            ..Details::default()
        }
    }

    #[test]
    fn silence_says_nothing_and_contradiction_decides() {
        let full = told("Proximus NV", "BE68539007547034", "Invoice 2026/17 March");
        assert!(likeness(&full, &told("PROXIMUS", "", "")).is_some());
        assert!(likeness(&full, &told("", "BE68 5390 0754 7034", "")).is_some());
        assert!(likeness(&full, &told("", "", "INVOICE 2026/17")).is_some());
        assert!(likeness(&full, &Details::default()).is_some());
        assert_eq!(likeness(&full, &told("Proximus NV", "BE71096123456769", "Invoice 2026/17 March")), None);
        assert_eq!(likeness(&full, &told("Bakery", "", "bread")), None, "another movement of that amount");
        let better = likeness(&full, &full.clone());
        assert!(better > likeness(&full, &told("PROXIMUS", "", "")));
    }
}
