//! The XML of a message, piece by piece: escaped, in bounds, with what it could not carry.

use std::fmt::Write;

use domain::{Details, Money};

/// A piece of XML with what it could not carry.
#[derive(Default)]
pub(super) struct Out {
    pub(super) text: String,
    pub(super) losses: Vec<String>,
}

impl Out {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn lose(&mut self, loss: String) {
        if self.losses.len() < 100 && !self.losses.contains(&loss) {
            self.losses.push(loss);
        }
    }

    pub(super) fn open(&mut self, name: &str) {
        self.text.extend(["<", name, ">"]);
    }

    pub(super) fn close(&mut self, name: &str) {
        self.text.extend(["</", name, ">\n"]);
    }

    /// A text that needs no escaping.
    pub(super) fn plain(&mut self, name: &str, text: &str) {
        self.text.extend(["<", name, ">", text, "</", name, ">\n"]);
    }

    pub(super) fn optional(&mut self, name: &str, text: Option<&str>, longest: usize) {
        if let Some(text) = text {
            self.limited(name, text, longest);
        }
    }

    /// A text of bounded length, escaped; characters that XML cannot hold become blanks.
    pub(super) fn limited(&mut self, name: &str, text: &str, longest: usize) {
        if text.chars().count() > longest {
            self.lose(format!("a text was cut to the {longest} characters of {name}"));
        }
        self.open(name);
        for character in text.chars().take(longest) {
            self.escape(name, character);
        }
        self.close(name);
    }

    pub(super) fn escape(&mut self, name: &str, character: char) {
        match character {
            '&' => self.text.push_str("&amp;"),
            '<' => self.text.push_str("&lt;"),
            '>' => self.text.push_str("&gt;"),
            // A carriage return that stands as itself is read back as a line feed (XML 1.0, section 2.11).
            '\r' => self.text.push_str("&#13;"),
            '\n' | '\t' => self.text.push(character),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {
                self.lose(format!("{name} held a character that XML cannot hold"));
                self.text.push(' ');
            }
            c => self.text.push(c),
        }
    }

    /// A text that repeats its element when it is too long for one.
    pub(super) fn pieces(&mut self, name: &str, text: &str, longest: usize) {
        let characters: Vec<char> = text.chars().collect();
        if characters.len() > longest {
            self.lose(format!("a line was broken into several {name} of {longest} characters"));
        }
        for piece in characters.chunks(longest) {
            self.limited(name, &piece.iter().collect::<String>(), longest);
        }
    }

    /// An element around one other, left out when there is no text.
    pub(super) fn wrapped(&mut self, outer: &str, inner: &str, text: Option<&str>, longest: usize) {
        if text.is_some() {
            self.open(outer);
            self.optional(inner, text, longest);
            self.close(outer);
        }
    }

    /// An element around others, left out when there are none.
    pub(super) fn around(&mut self, name: &str, inner: Out) {
        if !inner.is_empty() {
            self.open(name);
            self.text.push_str(&inner.text);
            self.close(name);
        }
        for loss in inner.losses {
            self.lose(loss);
        }
    }

    /// A payment; one that has nothing to say still has to stand there as a part.
    pub(super) fn nested(&mut self, name: &str, inner: Out, details: &Details) {
        if inner.is_empty() && *details == Details::default() {
            self.plain(name, "");
        } else {
            self.around(name, inner);
        }
    }

    pub(super) fn amount(&mut self, name: &str, amount: Money) {
        let text = amount.decimal();
        let unsigned = text.trim_start_matches('-');
        let _ = writeln!(self.text, "<{name} Ccy=\"{}\">{unsigned}</{name}>", amount.currency());
    }

    pub(super) fn direction(&mut self, amount: Money) {
        self.plain("CdtDbtInd", if amount.is_debit() { "DBIT" } else { "CRDT" });
    }

    pub(super) fn account(&mut self, name: &str, number: &str) {
        self.open(name);
        self.account_id(number, domain::Iban::parse(number).is_ok());
        self.close(name);
    }

    pub(super) fn account_id(&mut self, number: &str, is_iban: bool) {
        self.open("Id");
        if is_iban {
            self.optional("IBAN", Some(number), 34);
        } else {
            self.wrapped("Othr", "Id", Some(number), 34);
        }
        self.close("Id");
    }

    pub(super) fn agent(&mut self, name: &str, bic: &str) {
        if domain::Bic::parse(bic).is_err() {
            self.lose(format!("'{bic}' is no BIC"));
            return;
        }
        self.open(name);
        self.wrapped("FinInstnId", "BICFI", Some(bic), 11);
        self.close(name);
    }

    pub(super) fn bank_transaction_code(&mut self, details: &Details) {
        self.open("BkTxCd");
        if let Some(code) = details.bank_transaction_code.as_deref() {
            let mut parts = code.splitn(3, '-');
            let mut next = || parts.next().unwrap_or("OTHR");
            let (domain, family, sub_family) = (next(), next(), next());
            self.open("Domn");
            self.optional("Cd", Some(domain), 4);
            self.open("Fmly");
            self.optional("Cd", Some(family), 4);
            self.optional("SubFmlyCd", Some(sub_family), 4);
            self.close("Fmly");
            self.close("Domn");
        }
        self.wrapped("Prtry", "Cd", details.proprietary_code.as_deref(), 35);
        self.close("BkTxCd");
    }

    pub(super) fn original(&mut self, original: Money, booked: Money, rate: Option<&str>) {
        self.open("AmtDtls");
        self.open("InstdAmt");
        self.amount("Amt", original);
        self.exchange(original, booked, rate);
        self.close("InstdAmt");
        self.close("AmtDtls");
    }

    pub(super) fn card(&mut self, number: Option<&str>) {
        if number.is_some() {
            self.open("CardTx");
            self.open("Card");
            self.optional("AddtlCardData", number, 70);
            self.close("Card");
            self.close("CardTx");
        }
    }

    /// The rate, when it is a number that the schema takes (at most 11 digits, 10 of them decimals).
    pub(super) fn exchange(&mut self, original: Money, booked: Money, rate: Option<&str>) {
        let Some(rate) = rate else { return };
        let digits = rate.bytes().filter(u8::is_ascii_digit).count();
        let number = digits > 0 && digits <= 11 && rate.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if !number {
            return self.lose(format!("the exchange rate '{rate}' is no plain number"));
        }
        self.open("CcyXchg");
        self.plain("SrcCcy", original.currency().code());
        self.plain("TrgtCcy", booked.currency().code());
        self.plain("XchgRate", rate);
        self.close("CcyXchg");
    }
}
