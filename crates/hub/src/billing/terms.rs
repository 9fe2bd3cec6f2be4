//! The terms of billing: who sells, how VAT is charged, and how long may be taken to pay. They come from the settings.

/// The operator as a seller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seller {
    /// Its name; without one no invoice can be drawn up.
    pub name: String,
    /// Its VAT number, with the country in front.
    pub vat_number: Option<String>,
    /// Its number in the register of companies.
    pub registration: Option<String>,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Two letters.
    pub country: String,
    /// Whom to ask.
    pub email: String,
    /// The account that is paid to.
    pub iban: Option<String>,
    /// The BIC of its bank.
    pub bic: Option<String>,
    /// The SEPA creditor identifier, for direct debits.
    pub creditor_id: Option<String>,
}

/// The terms of billing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The operator.
    pub seller: Seller,
    /// The rate of VAT in hundredths of a percent: 2100 is 21 %.
    pub vat_rate: i64,
    /// Why the operator charges no VAT at all, when it does not.
    pub vat_exemption: Option<String>,
    /// Days until an invoice is due.
    pub due_days: i32,
    /// Days after that until the organization is blocked.
    pub grace_days: i32,
}

impl Default for Terms {
    fn default() -> Terms {
        Terms { seller: Seller::default(), vat_rate: 2100, vat_exemption: None, due_days: 30, grace_days: 14 }
    }
}

impl Terms {
    /// The settings without which no valid invoice can be drawn up, by their names.
    pub fn missing(&self) -> Vec<&'static str> {
        let seller = &self.seller;
        let needed = [
            ("hub.seller_name", seller.name.is_empty()),
            ("hub.seller_street", seller.street.is_empty()),
            ("hub.seller_postal_code", seller.postal_code.is_empty()),
            ("hub.seller_city", seller.city.is_empty()),
            ("hub.seller_country", seller.country.is_empty()),
            ("hub.seller_email", seller.email.is_empty()),
            ("hub.seller_iban", seller.iban.is_none()),
            ("hub.seller_vat_number", seller.vat_number.is_none() && self.vat_exemption.is_none()),
            // A standard rate is above zero (BR-S-05): who charges nothing says why.
            ("hub.vat_exemption", self.vat_rate == 0 && self.vat_exemption.is_none()),
            ("hub.seller_registration", seller.vat_number.is_none() && seller.registration.is_none()),
        ];
        needed.into_iter().filter(|(_, missing)| *missing).map(|(name, _)| name).collect()
    }
}
