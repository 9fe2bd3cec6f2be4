//! Where the readers put what they find. Every format hands its movements here, so that counting, adding up, signs of
//! trouble and the proof are written once.

use std::fmt::Display;

use domain::{AccountReference, Balance, BalanceKind, Currency, Date, Defect, Entry, MoneyError};
use domain::{PendingTransaction, Statement, Transaction};

use crate::movement::Cut;
pub(crate) use crate::movement::Movement;
use crate::{Exact, Figure, Pending, Sink, StatementSummary, Summary, nul};

/// Parts of one batch that are kept; the largest SEPA file has fewer payments in one entry.
pub(crate) const MOST_PARTS: usize = 50_000;
/// Up to this length the raw text of a movement holds all that was read of it.
const WHOLE_RAW: usize = 16 * 1024;
/// What stands at the end of a raw text that goes on in the file.
const RAW_ENDS: &str = "\n[the rest of this text was not kept]";
/// The rule that NUL breaks.
pub(crate) const NO_NUL: &str = "a text holds no NUL; it became a blank";

/// A statement that is being read.
struct Current {
    statement: Statement,
    opening: Option<Figure>,
    closing: Option<Figure>,
    currency: Option<Currency>,
    count: u64,
    booked: u64,
    sum: Exact,
    mixed: bool,
    defects: u64,
    begun: bool,
}

/// The file that is being read.
pub(crate) struct Assembly<'s> {
    sink: &'s mut dyn Sink,
    summary: Summary,
    current: Option<Current>,
    fallback_currency: Option<Currency>,
    fallback_account: Option<String>,
}

/// ISO 4217: no currency is involved. Statements of files that name none carry it.
pub(crate) fn no_currency() -> Currency {
    Currency::parse("XXX").expect("XXX is three letters")
}

impl<'s> Assembly<'s> {
    pub(crate) fn new(
        sink: &'s mut dyn Sink,
        fallback_currency: Option<Currency>,
        fallback_account: Option<String>,
    ) -> Assembly<'s> {
        Assembly { sink, summary: Summary::default(), current: None, fallback_currency, fallback_account }
    }

    /// The facts of the file.
    pub(crate) fn summary(&mut self) -> &mut Summary {
        &mut self.summary
    }

    /// Notes something that a person may want to know and that changes no figure.
    pub(crate) fn warn(&mut self, warning: impl Into<String>) {
        self.summary.warnings.add(warning);
    }

    /// Begins a statement; one that is open is closed.
    pub(crate) fn open(&mut self) {
        self.close();
        let statement = Statement {
            account: AccountReference::Other(String::new()),
            currency: no_currency(),
            id: None,
            number: None,
            period: None,
            holder: None,
            servicer_bic: None,
            opening: None,
            closing: None,
            other_balances: Vec::new(),
            entries: Vec::new(),
            pages: None,
        };
        self.current = Some(Current {
            statement,
            opening: None,
            closing: None,
            currency: None,
            count: 0,
            booked: 0,
            sum: Exact::ZERO,
            mixed: false,
            defects: 0,
            begun: false,
        });
    }

    /// Whether a statement is open.
    pub(crate) fn is_open(&self) -> bool {
        self.current.is_some()
    }

    /// The statement that is being read; opens one when none is.
    pub(crate) fn statement(&mut self) -> &mut Statement {
        &mut self.current().statement
    }

    fn current(&mut self) -> &mut Current {
        if self.current.is_none() {
            self.open();
        }
        self.current.as_mut().expect("a statement was just opened")
    }

    /// How many statements there are so far, the open one included.
    pub(crate) fn statements(&self) -> usize {
        self.summary.statements.len() + usize::from(self.current.is_some())
    }

    /// How many movements the open statement has so far.
    pub(crate) fn count(&self) -> u64 {
        self.current.as_ref().map_or(0, |current| current.count)
    }

    /// Whether the open statement has both its booked balances.
    pub(crate) fn opens_and_closes(&self) -> bool {
        self.current.as_ref().is_some_and(|current| current.opening.is_some() && current.closing.is_some())
    }

    /// Whether they add up with what lies between them.
    pub(crate) fn adds_up(&self) -> bool {
        self.current.as_ref().is_some_and(|current| {
            let ends = current.opening.as_ref().zip(current.closing.as_ref());
            ends.is_some_and(|(opening, closing)| {
                closing.amount.minus(opening.amount.plus(current.sum)).is_zero() && !current.mixed
            })
        })
    }

    /// The currency of the open statement, when something has named it.
    pub(crate) fn currency(&mut self) -> Option<Currency> {
        let fallback = self.fallback_currency;
        self.current().currency.or(fallback)
    }

    /// Names the currency of the statement; the first one to do so is believed.
    pub(crate) fn name_currency(&mut self, currency: Currency) {
        let current = self.current();
        if current.currency.is_none() {
            current.currency = Some(currency);
            current.statement.currency = currency;
        }
    }

    /// Names the account of the statement.
    pub(crate) fn name_account(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.statement().account = AccountReference::parse(text);
        }
    }

    /// A balance. The first opening and the last closing hold; a date may be missing, an amount not. A booked balance
    /// in another currency than the statement's is shown and proves nothing.
    pub(crate) fn balance(
        &mut self,
        kind: BalanceKind,
        date: Option<Date>,
        amount: Exact,
        named: Option<Currency>,
        path: impl Display,
    ) {
        if let Some(named) = named {
            self.name_currency(named);
        }
        let own = self.currency().unwrap_or_else(no_currency);
        let currency = named.unwrap_or(own);
        let figure = Figure { date, amount };
        let current = self.current();
        let booked = match kind {
            BalanceKind::OpeningBooked => {
                current.opening.get_or_insert(figure);
                true
            }
            BalanceKind::ClosingBooked => {
                current.closing = Some(figure);
                true
            }
            BalanceKind::InterimBooked | BalanceKind::Available | BalanceKind::ForwardAvailable => false,
        };
        if booked && currency != own {
            current.mixed = true;
            let rule = format!("a booked balance must be in the currency of its statement, which is {own}");
            return self.defect(path, &format!("{amount} {currency}"), &rule);
        }
        let amount = match amount.money(currency) {
            Ok(amount) => amount,
            Err(error) => return self.defect(path, &amount.to_string(), &sentence(&error)),
        };
        let Some(date) = date else {
            return self.defect(path, &amount.decimal(), "a balance needs a date");
        };
        let balance = Balance { kind, date, amount };
        match kind {
            BalanceKind::OpeningBooked => {
                current.statement.opening.get_or_insert(balance);
            }
            BalanceKind::ClosingBooked => current.statement.closing = Some(balance),
            BalanceKind::InterimBooked | BalanceKind::Available | BalanceKind::ForwardAvailable => {
                current.statement.other_balances.push(balance);
            }
        }
    }

    /// A balance whose date is no day: its amount still takes part in the proof.
    pub(crate) fn figure(&mut self, kind: BalanceKind, amount: Exact, currency: Option<Currency>) {
        if let Some(currency) = currency {
            self.name_currency(currency);
        }
        let current = self.current();
        let figure = Figure { date: None, amount };
        match kind {
            BalanceKind::OpeningBooked => {
                current.opening.get_or_insert(figure);
            }
            BalanceKind::ClosingBooked => current.closing = Some(figure),
            BalanceKind::InterimBooked | BalanceKind::Available | BalanceKind::ForwardAvailable => {}
        }
    }

    /// Takes a movement: counts it, adds it up, and hands it on as a transaction, as pending, or as a defect.
    pub(crate) fn movement(&mut self, mut movement: Movement) {
        if let Some(currency) = movement.currency {
            self.name_currency(currency);
        }
        self.begin();
        let account_currency = self.currency().unwrap_or_else(no_currency);
        let currency = movement.currency.unwrap_or(account_currency);
        if movement.parts.len() > MOST_PARTS {
            self.defect(&movement.path, &movement.parts.len().to_string(), "a batch has more parts than are kept");
            movement.parts.truncate(MOST_PARTS);
        }
        self.tell_of_cut(&mut movement);
        let whole = (1..WHOLE_RAW).contains(&movement.raw.len());
        if (!whole || nul::in_text(&movement.raw)) && movement.free_of_nul() {
            self.defect(&movement.path, "", NO_NUL);
        }
        let current = self.current();
        current.count += 1;
        let position = u32::try_from(current.count).unwrap_or(u32::MAX);
        if !movement.pending
            && let Some(amount) = movement.amount
        {
            current.sum = current.sum.plus(amount);
            current.mixed |= currency != account_currency;
        }
        let Some(amount) = movement.amount else { return };
        let amount = match amount.money(currency) {
            Ok(amount) => amount,
            Err(error) => {
                return self.defect(&movement.path, &amount.decimal(currency.minor_digits()), &sentence(&error));
            }
        };
        if currency != account_currency {
            let rule = format!("an entry must be in the currency of its statement, which is {account_currency}");
            self.defect(&movement.path, &amount.to_string(), &rule);
        }
        let Movement { path, pending, booked_on, value_on, details, parts, raw, .. } = movement;
        if pending {
            let transaction = PendingTransaction { expected_on: booked_on, value_on, amount, details };
            let statement = self.statements();
            self.sink.pending(Pending { statement, position, transaction, raw });
        } else if let Some(booked_on) = booked_on.or(value_on).or_else(|| self.only_day()) {
            let transaction = Transaction { booked_on, value_on, amount, details };
            self.current().booked += 1;
            self.sink.entry(Entry { transaction, position, raw, parts });
        } else {
            self.defect(&path, &amount.to_string(), "an entry needs a booking date or a value date");
        }
    }

    /// Marks a raw text that ends early, and says so.
    fn tell_of_cut(&mut self, movement: &mut Movement) {
        match movement.cut {
            Cut::Nothing => return,
            Cut::Raw => self.warn("the raw text of a movement was too long to keep and says where it ends"),
            Cut::Words => self.defect(&movement.path, "", "a movement has more text than is kept"),
        }
        movement.raw.push_str(RAW_ENDS);
    }

    /// The day on which all that a statement holds was booked, when it covers no other: some banks date nothing else.
    fn only_day(&mut self) -> Option<Date> {
        let statement = self.statement();
        let balances = statement.opening.as_ref().zip(statement.closing.as_ref());
        let (from, to) = statement.period.or(balances.map(|(opening, closing)| (opening.date, closing.date)))?;
        if from != to {
            return None;
        }
        self.warn("entries without a date were booked on the only day that their statement covers");
        Some(from)
    }

    /// Counts a movement and adds it up, when a defect already tells why it is no transaction.
    pub(crate) fn count_only(&mut self, movement: Movement) {
        self.begin();
        let current = self.current();
        current.count += 1;
        if let Some(amount) = movement.amount.filter(|_| !movement.pending) {
            current.sum = current.sum.plus(amount);
        }
    }

    /// Keeps something that cannot be understood.
    pub(crate) fn defect(&mut self, path: impl Display, value: &str, rule: &str) {
        if let Some(current) = &mut self.current {
            current.defects += 1;
        }
        self.summary.defects += 1;
        let mut defect = Defect::new(path.to_string(), value, rule);
        nul::replace(&mut defect.value);
        self.sink.defect(defect);
    }

    /// Tells the sink that a statement begins, once.
    fn begin(&mut self) {
        let current = self.current();
        if !current.begun {
            current.begun = true;
            let statement = current.statement.clone();
            self.sink.begin(&statement);
        }
    }

    /// Ends the statement that is open, if one is.
    pub(crate) fn close(&mut self) {
        if self.current.is_none() {
            return;
        }
        if self.statement().account.as_str().is_empty()
            && let Some(account) = self.fallback_account.clone()
        {
            self.name_account(&account);
        }
        if let Some(currency) = self.fallback_currency {
            self.name_currency(currency);
        }
        if nul::replace_in_facts(self.statement()) {
            self.defect(format!("statements[{}]", self.statements()), "", NO_NUL);
        }
        self.begin();
        let Some(current) = self.current.take() else { return };
        self.sink.end(&current.statement);
        let statement = &current.statement;
        self.summary.statements.push(StatementSummary {
            account: Some(statement.account.as_str().to_owned()).filter(|account| !account.is_empty()),
            currency: current.currency,
            number: statement.number.clone(),
            opening: current.opening,
            closing: current.closing,
            count: current.count,
            sum: current.sum,
            mixed: current.mixed,
            pages: statement.pages,
            proof: domain::Proof::Unproven,
            defects: current.defects,
        });
    }

    /// Ends the file and judges its statements.
    pub(crate) fn finish(mut self) -> Summary {
        self.close();
        crate::proof::judge(&mut self.summary);
        self.summary
    }
}

fn sentence(error: &MoneyError) -> String {
    match error {
        MoneyError::TooPrecise(_, currency) => format!("an amount has no more decimals than {currency} has"),
        MoneyError::TooLarge => "an amount is at most 1000000000000000 minor units".to_owned(),
        MoneyError::NotANumber(_) | MoneyError::Mixed(..) => "an amount is a decimal number".to_owned(),
    }
}
