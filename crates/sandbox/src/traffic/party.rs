//! Who stands on the other side: a stable name, account and BIC for each number, so that a customer who pays twice is the
//! same customer.

use domain::{Iban, Party};

use super::names::{
    BANKS_BE, BANKS_FR, FAMILIES_BE, FAMILIES_FR, FIRST_NAMES, FORMS_BE, FORMS_FR, TRADES_BE, TRADES_FR,
};
use crate::bank::Land;
use crate::dice::Dice;

/// A company of the country; one in twelve has its account abroad.
pub(super) fn company(land: Land, number: u64) -> Party {
    let mut dice = Dice::of(number, &[0xC0]);
    let name = match land {
        Land::Belgium => {
            format!("{} {} {}", dice.pick(TRADES_BE), dice.pick(FAMILIES_BE), dice.pick(FORMS_BE))
        }
        Land::France => format!("{} {} {}", dice.pick(TRADES_FR), dice.pick(FAMILIES_FR), dice.pick(FORMS_FR)),
    };
    let (account, bic) = if dice.below(12) == 0 { abroad(&mut dice) } else { at_home(land, &mut dice) };
    Party { name: Some(name), account: Some(account.as_str().into()), bic: Some(bic) }
}

/// A person of the country.
pub(super) fn person(land: Land, number: u64) -> Party {
    let mut dice = Dice::of(number, &[0xBE]);
    let family = match land {
        Land::Belgium => dice.pick(FAMILIES_BE),
        Land::France => dice.pick(FAMILIES_FR),
    };
    let family = family.split(" & ").next().unwrap_or(family);
    let name = format!("{} {family}", dice.pick(FIRST_NAMES));
    let (account, bic) = at_home(land, &mut dice);
    Party { name: Some(name), account: Some(account.as_str().into()), bic: Some(bic) }
}

/// A named body of the country with an account of its own.
pub(super) fn named(land: Land, name: &str) -> Party {
    let mut dice = Dice::of(crate::dice::number_of(name), &[0xA0]);
    let (account, bic) = at_home(land, &mut dice);
    Party { name: Some(name.to_owned()), account: Some(account.as_str().into()), bic: Some(bic) }
}

fn at_home(land: Land, dice: &mut Dice) -> (Iban, String) {
    match land {
        Land::Belgium => {
            let (code, bic) = dice.pick(BANKS_BE);
            (account_number(land, code, dice.next()), bic.to_owned())
        }
        Land::France => {
            let (code, bic) = dice.pick(BANKS_FR);
            (account_number(land, code, dice.next()), bic.to_owned())
        }
    }
}

fn abroad(dice: &mut Dice) -> (Iban, String) {
    let (country, national, bic) = match dice.below(3) {
        0 => ("DE", format!("37040044{}", dice.digits(10)), "ISARDEFF"),
        1 => ("NL", format!("VECH{}", dice.digits(10)), "VECHNL2A"),
        _ => ("LU", format!("028{}", dice.digits(13)), "ALZELULL"),
    };
    (Iban::from_national(country, &national).expect("the national number has the country's length"), bic.to_owned())
}

/// A valid account number of the country at a bank, from a number: the national check digits are computed too (Belgium:
/// modulo 97 with 0 written 97; France: the RIB key).
pub(crate) fn account_number(land: Land, bank_code: &str, number: u64) -> Iban {
    let mut dice = Dice::of(number, &[0x1BA]);
    let (country, national) = match land {
        Land::Belgium => {
            let open = format!("{bank_code}{}", dice.digits(7));
            let rest = open.parse::<u64>().expect("ten digits are a number") % 97;
            ("BE", format!("{open}{:02}", if rest == 0 { 97 } else { rest }))
        }
        Land::France => {
            let (branch, account) = (dice.digits(5), dice.digits(11));
            let part = |digits: &str| digits.parse::<u64>().expect("digits are a number");
            let key = 97 - (89 * part(bank_code) + 15 * part(&branch) + 3 * part(&account)) % 97;
            ("FR", format!("{bank_code}{branch}{account}{key:02}"))
        }
    };
    Iban::from_national(country, &national).expect("the national number has the country's length")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_numbers_are_valid_and_stable() {
        for number in 0..500 {
            let belgian = account_number(Land::Belgium, "725", number);
            assert_eq!(belgian, account_number(Land::Belgium, "725", number));
            assert_eq!(belgian.as_str().len(), 16);
            // The RIB key makes the whole number, letters apart, a multiple of 97.
            let french = account_number(Land::France, "30588", number);
            let rib: u128 = french.as_str()[4..].parse().unwrap();
            assert_eq!(rib % 97, 0, "{french}");
            assert!(company(Land::France, number).account.is_some());
        }
    }
}
