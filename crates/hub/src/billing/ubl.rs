//! Writes a document as UBL 2.1 by Peppol BIS Billing 3.0, elements in the order of the schema. Pure.
//!
//! A line is so many days at the price of so many days (`BaseQuantity`), so its amount is the one rounding that the rules
//! allow. Where the buyer is outside of the scope of VAT the document carries no VAT numbers, as the rules demand.

use std::fmt::Write;

use super::invoice::{Category, Invoice, Kind, Party};
use crate::store::usage::Line;

const CUSTOMIZATION: &str = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
const PROFILE: &str = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

/// The document as XML.
pub fn write(invoice: &Invoice) -> String {
    let mut out = Out(String::new());
    let root = match invoice.kind {
        Kind::Invoice => "Invoice",
        Kind::Credit => "CreditNote",
    };
    let namespace = format!("urn:oasis:names:specification:ubl:schema:xsd:{root}-2");
    let common = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    let basic = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    let _ = write!(
        out.0,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{namespace}\" xmlns:cac=\"{common}\" xmlns:cbc=\"{basic}\">\n"
    );
    head(&mut out, invoice);
    out.open("cac:AccountingSupplierParty");
    party(&mut out, &invoice.seller, invoice, true);
    out.close("cac:AccountingSupplierParty");
    out.open("cac:AccountingCustomerParty");
    party(&mut out, &invoice.buyer, invoice, false);
    out.close("cac:AccountingCustomerParty");
    payment(&mut out, invoice);
    tax(&mut out, invoice);
    out.open("cac:LegalMonetaryTotal");
    out.amount("cbc:LineExtensionAmount", invoice, invoice.net_minor);
    out.amount("cbc:TaxExclusiveAmount", invoice, invoice.net_minor);
    out.amount("cbc:TaxInclusiveAmount", invoice, invoice.total_minor);
    out.amount("cbc:PayableAmount", invoice, invoice.total_minor);
    out.close("cac:LegalMonetaryTotal");
    for (index, each) in invoice.lines.iter().enumerate() {
        line(&mut out, invoice, index + 1, each);
    }
    let _ = writeln!(out.0, "</{root}>");
    out.0
}

fn head(out: &mut Out, invoice: &Invoice) {
    out.text("cbc:CustomizationID", CUSTOMIZATION);
    out.text("cbc:ProfileID", PROFILE);
    out.text("cbc:ID", &invoice.number);
    out.text("cbc:IssueDate", &invoice.issued_on.to_string());
    match invoice.kind {
        Kind::Invoice => {
            out.text("cbc:DueDate", &invoice.due_on.to_string());
            out.text("cbc:InvoiceTypeCode", "380");
        }
        Kind::Credit => out.text("cbc:CreditNoteTypeCode", "381"),
    }
    out.text("cbc:DocumentCurrencyCode", "EUR");
    out.text("cbc:BuyerReference", &invoice.buyer_reference);
    out.open("cac:InvoicePeriod");
    out.text("cbc:StartDate", &invoice.period.0.to_string());
    out.text("cbc:EndDate", &invoice.period.1.to_string());
    out.close("cac:InvoicePeriod");
    if let Some((number, issued_on)) = &invoice.credits {
        out.open("cac:BillingReference");
        out.open("cac:InvoiceDocumentReference");
        out.text("cbc:ID", number);
        out.text("cbc:IssueDate", &issued_on.to_string());
        out.close("cac:InvoiceDocumentReference");
        out.close("cac:BillingReference");
    }
}

/// The electronic address of a party (code list EAS): the number that its country's companies are found by in Peppol,
/// else its e-mail address.
pub fn endpoint(party: &Party) -> (&'static str, String) {
    let email = || ("EM", party.email.clone());
    let Some(vat) = &party.vat_number else { return email() };
    match vat.get(..2) {
        Some("BE") => ("0208", vat[2..].to_owned()),
        Some("NL") => ("9944", vat.clone()),
        Some("DE") => ("9930", vat.clone()),
        Some("FR") => ("9957", vat.clone()),
        Some("LU") => ("9938", vat.clone()),
        Some(_) | None => email(),
    }
}

fn party(out: &mut Out, party: &Party, invoice: &Invoice, seller: bool) {
    out.open("cac:Party");
    let (scheme, id) = endpoint(party);
    out.with("cbc:EndpointID", "schemeID", scheme, &id);
    if let Some(creditor) = invoice.payment.creditor_id.as_ref().filter(|_| seller) {
        out.open("cac:PartyIdentification");
        out.with("cbc:ID", "schemeID", "SEPA", creditor);
        out.close("cac:PartyIdentification");
    }
    out.open("cac:PostalAddress");
    for (element, text) in
        [("cbc:StreetName", &party.street), ("cbc:CityName", &party.city), ("cbc:PostalZone", &party.postal_code)]
    {
        if !text.is_empty() {
            out.text(element, text);
        }
    }
    out.open("cac:Country");
    out.text("cbc:IdentificationCode", &party.country);
    out.close("cac:Country");
    out.close("cac:PostalAddress");
    let vat = party.vat_number.as_ref().filter(|_| invoice.tax.category != Category::O);
    // Who is exempt and has no VAT number is known to the tax office by another.
    let other = party.registration.as_ref().filter(|_| seller && invoice.tax.category == Category::E);
    if let Some((number, scheme)) = vat.map(|vat| (vat, "VAT")).or(other.map(|other| (other, "TAX"))) {
        out.open("cac:PartyTaxScheme");
        out.text("cbc:CompanyID", number);
        out.scheme(scheme);
        out.close("cac:PartyTaxScheme");
    }
    out.open("cac:PartyLegalEntity");
    out.text("cbc:RegistrationName", &party.name);
    // Outside of the scope of VAT the seller's VAT number may not be told as one, but a seller needs a number (BR-CO-26).
    let instead = party.vat_number.as_ref().filter(|_| seller && vat.is_none());
    if let Some(number) = party.registration.as_ref().or(instead) {
        out.text("cbc:CompanyID", number);
    }
    out.close("cac:PartyLegalEntity");
    if !party.email.is_empty() {
        out.open("cac:Contact");
        out.text("cbc:ElectronicMail", &party.email);
        out.close("cac:Contact");
    }
    out.close("cac:Party");
}

fn payment(out: &mut Out, invoice: &Invoice) {
    let payment = &invoice.payment;
    if let Some((mandate, iban)) = &payment.mandate {
        out.open("cac:PaymentMeans");
        out.text("cbc:PaymentMeansCode", "59");
        out.text("cbc:PaymentID", &invoice.number);
        out.open("cac:PaymentMandate");
        out.text("cbc:ID", mandate);
        out.open("cac:PayerFinancialAccount");
        out.text("cbc:ID", iban);
        out.close("cac:PayerFinancialAccount");
        out.close("cac:PaymentMandate");
        out.close("cac:PaymentMeans");
    } else if let Some(iban) = &payment.iban {
        out.open("cac:PaymentMeans");
        out.text("cbc:PaymentMeansCode", "30");
        out.text("cbc:PaymentID", &invoice.number);
        out.open("cac:PayeeFinancialAccount");
        out.text("cbc:ID", iban);
        if let Some(bic) = &payment.bic {
            out.open("cac:FinancialInstitutionBranch");
            out.text("cbc:ID", bic);
            out.close("cac:FinancialInstitutionBranch");
        }
        out.close("cac:PayeeFinancialAccount");
        out.close("cac:PaymentMeans");
    }
    // A credit note has no day until which it is due; the rules want terms in its place.
    if let Some((number, _)) = &invoice.credits {
        out.open("cac:PaymentTerms");
        out.text("cbc:Note", number);
        out.close("cac:PaymentTerms");
    }
}

fn tax(out: &mut Out, invoice: &Invoice) {
    out.open("cac:TaxTotal");
    out.amount("cbc:TaxAmount", invoice, invoice.vat_minor);
    out.open("cac:TaxSubtotal");
    out.amount("cbc:TaxableAmount", invoice, invoice.net_minor);
    out.amount("cbc:TaxAmount", invoice, invoice.vat_minor);
    category(out, invoice, "cac:TaxCategory", true);
    out.close("cac:TaxSubtotal");
    out.close("cac:TaxTotal");
}

fn category(out: &mut Out, invoice: &Invoice, element: &str, with_reason: bool) {
    let tax = &invoice.tax;
    out.open(element);
    let (code, exemption) = match tax.category {
        Category::S => ("S", None),
        Category::AE => ("AE", Some("VATEX-EU-AE")),
        Category::E => ("E", None),
        Category::O => ("O", Some("VATEX-EU-O")),
    };
    out.text("cbc:ID", code);
    if tax.category != Category::O {
        out.text("cbc:Percent", &hundredths(tax.rate));
    }
    if with_reason {
        if let Some(exemption) = exemption {
            out.text("cbc:TaxExemptionReasonCode", exemption);
        }
        if let Some(reason) = &tax.reason {
            out.text("cbc:TaxExemptionReason", reason);
        }
    }
    out.scheme("VAT");
    out.close(element);
}

fn line(out: &mut Out, invoice: &Invoice, number: usize, line: &Line) {
    let (element, quantity) = match invoice.kind {
        Kind::Invoice => ("cac:InvoiceLine", "cbc:InvoicedQuantity"),
        Kind::Credit => ("cac:CreditNoteLine", "cbc:CreditedQuantity"),
    };
    out.open(element);
    out.text("cbc:ID", &number.to_string());
    out.with(quantity, "unitCode", "DAY", &line.days.to_string());
    out.amount("cbc:LineExtensionAmount", invoice, line.net_minor);
    out.open("cac:Item");
    out.text("cbc:Name", &format!("{} · {}", line.software, line.account));
    category(out, invoice, "cac:ClassifiedTaxCategory", false);
    out.close("cac:Item");
    out.open("cac:Price");
    out.amount("cbc:PriceAmount", invoice, line.price_minor);
    out.with("cbc:BaseQuantity", "unitCode", "DAY", &line.of_days.to_string());
    out.close("cac:Price");
    out.close(element);
}

fn hundredths(number: i64) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

/// The text that is being written.
struct Out(String);

impl Out {
    fn open(&mut self, element: &str) {
        let _ = writeln!(self.0, "<{element}>");
    }

    fn close(&mut self, element: &str) {
        let _ = writeln!(self.0, "</{element}>");
    }

    fn text(&mut self, element: &str, text: &str) {
        let _ = writeln!(self.0, "<{element}>{}</{element}>", escaped(text));
    }

    fn with(&mut self, element: &str, name: &str, value: &str, text: &str) {
        let _ = writeln!(self.0, "<{element} {name}=\"{value}\">{}</{element}>", escaped(text));
    }

    fn amount(&mut self, element: &str, invoice: &Invoice, minor: i64) {
        let money = invoice.money(minor);
        self.with(element, "currencyID", money.currency().code(), &money.decimal());
    }

    fn scheme(&mut self, id: &str) {
        self.open("cac:TaxScheme");
        self.text("cbc:ID", id);
        self.close("cac:TaxScheme");
    }
}

/// A text inside an element; characters that XML cannot hold are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
