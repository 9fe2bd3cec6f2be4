//! Invoices: drawn up once, numbered without gaps, never changed; paid, taken back, collected, reminded of.

use std::sync::Arc;

use domain::{AccountId, Date};
use hub::audit::{self, Verdict};
use hub::billing::run::{self, Drawn, RunRefused};
use hub::billing::settle::{self, Collected, SettleRefused};
use hub::billing::terms::{Seller, Terms};
use hub::billing::usage::Month;
use hub::integrations;
use hub::people::{self, BillingFields, OrganizationFields};
use hub::store::invoice::{self as store, Settled, StoredInvoice};
use hub::store::webhook;
use hub::sync::SyncRefused;
use outbound::InProcess;

use crate::testing::{Company, TestHub, cookie_of};

const DAY: i64 = 86_400;

fn terms() -> Terms {
    Terms {
        seller: Seller {
            name: "Operator SRL".into(),
            vat_number: Some("BE0403019261".into()),
            registration: None,
            street: "Quai 1".into(),
            postal_code: "4000".into(),
            city: "Liège".into(),
            country: "BE".into(),
            email: "billing@operator.example".into(),
            iban: Some("BE68539007547034".into()),
            bic: Some("GKCCBEBB".into()),
            creditor_id: Some("BE81ZZZ0123456749".into()),
        },
        ..Terms::default()
    }
}

impl TestHub {
    /// A hub whose operator bills.
    pub async fn that_bills() -> TestHub {
        TestHub::open_with(Arc::new(InProcess::new()), |settings| settings.billing = terms()).await
    }

    /// The same with simulated banks.
    pub async fn that_bills_beside_banks() -> TestHub {
        let network = Arc::new(InProcess::new());
        let clock = domain::SimulatedClock::at("2026-03-02T12:00:00Z".parse().unwrap());
        let environment = domain::Environment::new(clock, domain::SeededEntropy::new(9));
        let banks = sandbox::Sandbox::open(sandbox::Settings::default(), environment).unwrap();
        network.listen("bank.test", Some(banks.router()));
        TestHub::open_with(network, |settings| settings.billing = terms()).await
    }

    /// A company that said whom to bill, with one account in one integration; its token reads the account.
    pub async fn payer(&self, email: &str, reference: &str) -> (Company, AccountId, String) {
        let company = self.company(email).await;
        let account = self.account(company.organization, reference, 3).await;
        let token = self.custom_token(company.organization, &[account]).await;
        (company, account, token)
    }

    /// Lets days go by, and the hub work on each.
    pub async fn days(&self, count: i64) {
        for _ in 0..count {
            self.clock.advance_seconds(DAY);
            self.work().await;
        }
    }

    pub async fn invoices(&self, company: &Company) -> Vec<StoredInvoice> {
        store::list(&mut self.hub.db.read().await.unwrap(), company.organization).await.unwrap()
    }

    pub async fn log_in(&self, company: &Company) -> String {
        cookie_of(&people::start_session(&self.hub, company.user, &http::HeaderMap::new()).await.unwrap())
    }

    pub async fn token_of(&self, company: &Company, account: AccountId) -> String {
        self.custom_token(company.organization, &[account]).await
    }
}

/// Lets software of a company read an account without the question of whom to bill.
async fn read_unasked(test: &TestHub, company: &Company, account: AccountId) {
    let made = integrations::create_custom(&test.hub, company.organization, "Script", &[]).await.unwrap();
    let (hub, now) = (&test.hub, test.now());
    let added: Result<u64, db::DbError> = db::write!(hub.db, tx => {
        hub::store::integration::add_accounts(&mut tx, company.organization, made.id, &[account], now).await
    });
    assert_eq!(added.unwrap(), 1);
}

/// The months that a company is invoiced for, with what each comes to without VAT, oldest first.
async fn invoiced(test: &TestHub, company: &Company) -> Vec<(String, i64)> {
    let mut found: Vec<_> =
        test.invoices(company).await.into_iter().map(|known| (known.month, known.document.net_minor)).collect();
    found.sort();
    found
}

#[tokio::test]
async fn after_a_standstill_every_month_is_drawn_up_once() {
    let test = TestHub::that_bills().await;
    let (ana, _, _) = test.payer("ana@example.com", "BE68539007547034").await;
    let late = test.newcomer("late@example.com").await;
    let account = test.account(late.organization, "BE71096123456769", 0).await;
    read_unasked(&test, &late, account).await;
    test.days(1).await;
    // From 3 March to 10 July nothing runs; then two processes begin the day at once.
    test.clock.advance_seconds(129 * DAY);
    let (one, two) = tokio::join!(run::catch_up(&test.hub), run::catch_up(&test.hub));
    let drawn = [one.unwrap(), two.unwrap()].concat();
    let new = drawn.iter().filter(|(_, _, drawn)| matches!(drawn, Drawn::Invoiced(..))).count();
    assert_eq!(new, 4, "{drawn:?}");
    test.days(1).await;
    let months = |found: &[(&str, i64)]| found.iter().map(|(m, n)| ((*m).to_owned(), *n)).collect::<Vec<_>>();
    let all = months(&[("2026-03", 387), ("2026-04", 400), ("2026-05", 400), ("2026-06", 400)]);
    assert_eq!(invoiced(&test, &ana).await, all);
    let numbers = test.invoices(&ana).await.into_iter().map(|one| one.document.number);
    assert!(numbers.rev().eq((1..5).map(|n| format!("2026-{n:06}"))), "the oldest first, without a gap");
    // Who says later whom to bill is invoiced for every month too, by itself; what was taken back is not again.
    assert_eq!(invoiced(&test, &late).await, []);
    test.give_billing(&late, "Late", "late@example.com").await;
    settle::credit(&test.hub, "2026-000002").await.unwrap();
    test.days(2).await;
    assert_eq!(invoiced(&test, &late).await, all);
    assert_eq!(test.invoices(&ana).await.iter().filter(|one| one.month == "2026-04").count(), 2, "and its note");
    test.days(25).await;
    assert_eq!(invoiced(&test, &late).await.last().unwrap(), &("2026-07".to_owned(), 400));
}

#[tokio::test]
async fn what_was_free_stays_free() {
    let test = TestHub::that_bills().await;
    let hub = &test.hub;
    let priced = async |month: u8, minor: i64| -> Result<(), db::DbError> {
        let since = Date::constant(2026, 1, 1).checked_add(domain::ToSpan::months(i64::from(month) - 1)).unwrap();
        let since = since.checked_add(domain::ToSpan::days(14)).unwrap();
        db::write!(hub.db, tx => { hub::store::price::set(&mut tx, since, minor).await })
    };
    // Nothing until 15 April, EUR 2.00 until 15 June, then EUR 4.00.
    for (month, minor) in [(2, 0), (4, 200), (6, 400)] {
        priced(month, minor).await.unwrap();
    }
    let (ana, _, _) = test.payer("ana@example.com", "BE68539007547034").await;
    test.clock.advance_seconds(157 * DAY);
    test.work().await;
    // A month has the lowest price of its days.
    let found = invoiced(&test, &ana).await;
    let want = [("2026-05", 200), ("2026-06", 200), ("2026-07", 400)].map(|(month, net)| (month.to_owned(), net));
    assert_eq!(found, want);
    let cookie = test.log_in(&ana).await;
    assert!(test.page("/app/billing/usage?month=2026-06", &cookie).await.body.contains("30 of 30 days × €2.00"));
}

#[tokio::test]
async fn each_month_has_one_invoice_that_never_changes() {
    let test = TestHub::that_bills().await;
    let (ana, _, _) = test.payer("ana@example.com", "BE68539007547034").await;
    let (bob, _, _) = test.payer("bob@example.com", "BE71096123456769").await;
    let idle = test.company("idle@example.com").await;
    // Its price was 0 when it let software in, so that nobody asked.
    let unknown = test.newcomer("unknown@example.com").await;
    let account = test.account(unknown.organization, "BE62510007547061", 0).await;
    read_unasked(&test, &unknown, account).await;
    let march = Month::parse("2026-03").unwrap();
    assert!(matches!(run::run(&test.hub, march).await, Err(RunRefused::NotOver(_))));
    // From 2 March to 1 April: the hub draws them up by itself, on the first day after the month.
    test.days(30).await;
    let (of_ana, of_bob) = (test.invoices(&ana).await, test.invoices(&bob).await);
    let told = |found: &[StoredInvoice]| {
        let document = &found[0].document;
        (document.net_minor, document.vat_minor, document.total_minor, document.issued_on, document.due_on)
    };
    let (issued, due) = (Date::constant(2026, 4, 1), Date::constant(2026, 5, 1));
    assert_eq!(told(&of_ana), (387, 81, 468, issued, due));
    assert_eq!((of_ana.len(), of_bob.len(), test.invoices(&idle).await.len()), (1, 1, 0));
    let mut numbers = vec![of_ana[0].document.number.clone(), of_bob[0].document.number.clone()];
    numbers.sort();
    assert_eq!(numbers, ["2026-000001", "2026-000002"]);
    let received = test.mailbox("invoices-ana@example.com").await;
    assert!(received[0].contains("€4.68") && received[0].contains("BE68 5390 0754 7034"), "{received:?}");
    // Again, twice at once: nothing is drawn up twice, and who gives an address later is caught up with.
    let again = run::run(&test.hub, march).await.unwrap();
    let of = |id| again.iter().find(|(known, _)| *known == id).unwrap().1.clone();
    assert_eq!((of(ana.organization), of(idle.organization)), (Drawn::Before, Drawn::Nothing));
    assert_eq!(of(unknown.organization), Drawn::NoAddress);
    let fields = BillingFields {
        name: "Late".into(),
        email: "late@example.com".into(),
        street: "S".into(),
        postal_code: "1".into(),
        city: "C".into(),
        country: "NL".into(),
    };
    people::set_billing(&test.hub, unknown.organization, &fields).await.unwrap();
    let (one, two) = tokio::join!(run::run(&test.hub, march), run::run(&test.hub, march));
    let drawn = [one.unwrap(), two.unwrap()].concat().iter().filter(|(_, d)| matches!(d, Drawn::Invoiced(..))).count();
    assert_eq!((drawn, test.invoices(&unknown).await[0].document.number.as_str()), (1, "2026-000003"));
    // Whatever changes later, what was sent stays as it was.
    let cookie = test.log_in(&ana).await;
    let pdf = format!("/app/billing/invoices/{}/pdf", of_ana[0].id);
    let ubl = format!("/app/billing/invoices/{}/xml", of_ana[0].id);
    let before = (test.page(&pdf, &cookie).await.body, test.page(&ubl, &cookie).await.body);
    assert!(before.0.starts_with("%PDF-1.4") && before.1.contains("<cbc:ID>2026-00000"), "{}", before.1);
    let renamed = OrganizationFields {
        name: "Another name".into(),
        kind: "business".into(),
        country: "FR".into(),
        ..Default::default()
    };
    people::update_organization(&test.hub, ana.user, ana.organization, &renamed).await.unwrap();
    people::set_billing(&test.hub, ana.organization, &fields).await.unwrap();
    assert_eq!((test.page(&pdf, &cookie).await.body, test.page(&ubl, &cookie).await.body), before);
    // And it is nobody else's.
    let other = test.log_in(&bob).await;
    assert_eq!(
        (test.page(&pdf, &other).await.status.as_u16(), test.page(&ubl, &other).await.status.as_u16()),
        (404, 404)
    );
    assert!(!test.page("/app/billing/invoices", &other).await.body.contains(&of_ana[0].document.number));
    assert!(test.page("/app/audit", &cookie).await.body.contains("drew up an invoice"));
    assert!(matches!(audit::verify(&test.hub, ana.organization).await.unwrap(), Verdict::Whole(_)));
}

#[tokio::test]
async fn a_number_is_lost_by_nothing_that_fails() {
    let test = TestHub::that_bills().await;
    let hub = &test.hub;
    let take = async |fails: bool| -> Result<String, db::DbError> {
        db::write!(hub.db, tx => {
            let number = store::next_number(&mut tx, "2026").await?;
            if fails { Err(db::DbError::Constraint("made up".into())) } else { Ok(number) }
        })
    };
    assert_eq!(take(false).await.unwrap(), "2026-000001");
    assert!(take(true).await.is_err());
    assert_eq!(take(false).await.unwrap(), "2026-000002");
}

#[tokio::test]
async fn who_does_not_pay_is_reminded_blocked_and_let_in_again() {
    let test = TestHub::that_bills().await;
    let (ana, account, token) = test.payer("ana@example.com", "BE68539007547034").await;
    let (bob, of_bob, _) = test.payer("bob@example.com", "BE71096123456769").await;
    let integration = integrations::list(&test.hub, ana.organization).await.unwrap()[0].integration.clone();
    hub::webhooks::set_address(&test.hub, ana.organization, integration.id, "https://books.example/hook")
        .await
        .unwrap();
    assert_eq!(test.get("/accounts", &token).await.status, 200);
    // 1 April issued, 1 May due, 2 May reminded, 13 May reminded for the last time, 16 May blocked.
    test.days(30).await;
    let number = test.invoices(&ana).await[0].document.number.clone();
    let of_bob_number = test.invoices(&bob).await[0].document.number.clone();
    settle::paid(&test.hub, &of_bob_number, test.hub.environment.today()).await.unwrap();
    let mails = async || test.mailbox("invoices-ana@example.com").await.len();
    test.days(30).await;
    let invoices = mails().await;
    test.days(1).await;
    assert_eq!(mails().await, invoices + 1, "2 May: reminded");
    test.days(10).await;
    assert_eq!(mails().await, invoices + 1, "once");
    test.days(1).await;
    let last = test.mailbox("invoices-ana@example.com").await;
    assert_eq!(last.len(), invoices + 2);
    let last = last.last().unwrap();
    assert!(last.contains("16\u{a0}May\u{a0}2026") && last.contains(&number) && last.contains("€4.68"), "{last}");
    test.days(2).await;
    let fresh = test.token_of(&ana, account).await;
    assert_eq!(test.get("/accounts", &fresh).await.status, 200, "15 May: not yet");
    test.days(1).await;
    let fresh = test.token_of(&ana, account).await;
    let refused = test.get("/accounts", &fresh).await;
    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (403, "organizationBlocked"));
    let asked = hub::sync::request(
        &test.hub,
        ana.organization,
        account,
        hub::store::synchronization::Subtype::AccountTransactions,
        Some("203.0.113.7".parse().unwrap()),
    );
    assert!(matches!(asked.await, Err(SyncRefused::Blocked)));
    // Its people are told what to pay, and read and export as before.
    let cookie = test.log_in(&ana).await;
    for path in ["/app", "/app/accounts", "/app/transactions", &format!("/app/accounts/{account}/export")] {
        let page = test.page(path, &cookie).await;
        assert!(page.status == 200 && page.body.contains("Your organization is blocked"), "{path}: {}", page.body);
    }
    let page = test.page("/app/billing/invoices", &cookie).await.body;
    assert!(page.contains("BE68 5390 0754 7034") && page.contains(&number), "{page}");
    assert_eq!(test.page("/app/link", &cookie).await.header("location"), "/app/billing/invoices");
    let file = format!("/app/accounts/{account}/export/file?format=csv&from=2026-02-01&to=2026-03-31");
    assert_eq!(test.page(&file, &cookie).await.status, 200, "export");
    // Others are not touched.
    let of_bob_token = test.token_of(&bob, of_bob).await;
    assert_eq!(test.get("/accounts", &of_bob_token).await.status, 200);
    settle::paid(&test.hub, &number, test.hub.environment.today()).await.unwrap();
    assert_eq!(test.get("/accounts", &fresh).await.status, 200, "paid: at once");
    assert!(!test.page("/app", &cookie).await.body.contains("Your organization is blocked"));
    let mut tx = test.hub.db.read().await.unwrap();
    let told = webhook::recent(&mut tx, ana.organization, integration.application_id, 100).await.unwrap();
    // Both in one instant of the test's clock, so their order is not told.
    let kinds: std::collections::BTreeSet<_> =
        told.iter().map(|event| event.kind.as_str()).filter(|kind| kind.contains("blocked")).collect();
    assert!(kinds.into_iter().eq(["pontoConnect.organization.blocked", "pontoConnect.organization.unblocked"]));
    let again = settle::paid(&test.hub, &number, test.hub.environment.today()).await;
    assert!(matches!(again, Err(SettleRefused::Settled(..))));
}

#[tokio::test]
async fn nobody_is_blocked_without_a_warning() {
    let test = TestHub::that_bills().await;
    let (ana, account, _) = test.payer("ana@example.com", "BE68539007547034").await;
    test.days(30).await;
    // The hub stands still for two months; the time of grace is over when it comes back.
    test.clock.advance_seconds(60 * DAY);
    test.work().await;
    assert_eq!(test.get("/accounts", &test.token_of(&ana, account).await).await.status, 200);
    let warned = test.mailbox("invoices-ana@example.com").await;
    assert!(warned.iter().any(|mail| mail.contains("3\u{a0}Jun\u{a0}2026")), "{warned:?}");
    test.days(2).await;
    assert_eq!(test.get("/accounts", &test.token_of(&ana, account).await).await.status, 200);
    test.days(1).await;
    assert_eq!(test.get("/accounts", &test.token_of(&ana, account).await).await.status, 403);
}

#[tokio::test]
async fn a_credit_note_takes_an_invoice_back_once() {
    let test = TestHub::that_bills().await;
    let (ana, _, _) = test.payer("ana@example.com", "BE68539007547034").await;
    test.days(30).await;
    let first = test.invoices(&ana).await[0].document.number.clone();
    let note = settle::credit(&test.hub, &first).await.unwrap();
    assert_eq!(note, "2026-000002");
    let known = test.invoices(&ana).await;
    assert!(known.iter().all(|one| matches!(one.settled, Some((Settled::Credited, _)))), "nothing is owed either way");
    assert!(matches!(settle::credit(&test.hub, &first).await, Err(SettleRefused::Settled(..))));
    assert!(matches!(settle::credit(&test.hub, &note).await, Err(SettleRefused::Note(_))));
    assert!(matches!(settle::credit(&test.hub, "2026-999999").await, Err(SettleRefused::Unknown(_))));
    // A month that was taken back is invoiced once more when the operator asks, and never by itself.
    let march = Month::parse("2026-03").unwrap();
    test.days(1).await;
    assert_eq!(test.invoices(&ana).await.len(), 2);
    let again = run::again(&test.hub, march, ana.organization).await.unwrap();
    assert_eq!(again, Drawn::Invoiced("2026-000003".to_owned(), 468));
    assert_eq!(run::again(&test.hub, march, ana.organization).await.unwrap(), Drawn::Before);
    assert_eq!(settle::credit(&test.hub, "2026-000003").await.unwrap(), "2026-000004");
    test.days(29).await;
    let second = test.invoices(&ana).await[0].document.number.clone();
    settle::paid(&test.hub, &second, test.hub.environment.today()).await.unwrap();
    let note = settle::credit(&test.hub, &second).await.unwrap();
    let page = test.page("/app/billing/invoices", &test.log_in(&ana).await).await.body;
    assert!(page.contains("To be refunded") && page.contains("−€4.84"), "{page}");
    settle::paid(&test.hub, &note, test.hub.environment.today()).await.unwrap();
    let page = test.page("/app/billing/invoices", &test.log_in(&ana).await).await.body;
    assert!(page.contains("Refunded") && !page.contains("To be refunded"), "{page}");
}

#[tokio::test]
async fn a_mandate_collects_what_is_due_once() {
    let test = TestHub::that_bills().await;
    let (ana, account, _) = test.payer("ana@example.com", "BE68539007547034").await;
    let form = |fields: &[(&'static str, &'static str)]| fields.to_vec();
    let good = [("holder", "Ana Peeters"), ("iban", "BE71 0961 2345 6769"), ("sure", "yes")];
    for (wrong, said) in [
        (form(&good[..2]), "Tick this to give the mandate."),
        (form(&[good[0], ("iban", "BE71096123456768"), good[2]]), "This is not an IBAN"),
        (form(&[("holder", ""), good[1], good[2]]), "whose account it is"),
    ] {
        let page = test.submit(&ana, "/app/billing/debit", &wrong).await;
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    assert_eq!(test.submit(&ana, "/app/billing/debit", &good).await.status, 303);
    let mandate = hub::store::debit::mandate(&mut test.hub.db.read().await.unwrap(), ana.organization).await.unwrap();
    let mandate = mandate.unwrap();
    assert!(mandate.consent.contains("Operator SRL") && mandate.given_by == "ana@example.com", "{mandate:?}");
    assert_eq!((mandate.iban.as_str(), mandate.signed_on), ("BE71096123456769", Date::constant(2026, 3, 2)));
    test.days(30).await;
    let number = test.invoices(&ana).await[0].document.number.clone();
    let due = Date::constant(2026, 5, 1);
    assert!(matches!(settle::collect(&test.hub, test.hub.environment.today()).await, Err(SettleRefused::TooSoon(_))));
    let early = settle::collect(&test.hub, Date::constant(2026, 4, 30)).await;
    assert!(matches!(early, Err(SettleRefused::Nothing)), "not before it is due");
    let Collected { content: file, count, .. } = settle::collect(&test.hub, due).await.unwrap();
    assert_eq!(count, 1);
    for part in [&mandate.reference, &number, "BE71096123456769", "<SeqTp>FRST</SeqTp>", ">4.68<", "BE81ZZZ0123456749"]
    {
        assert!(file.contains(part), "{part}: {file}");
    }
    assert!(matches!(settle::collect(&test.hub, due).await, Err(SettleRefused::Nothing)), "once");
    assert!(matches!(settle::credit(&test.hub, &number).await, Err(SettleRefused::Collecting(..))));
    test.days(60).await;
    let mails = test.mailbox("invoices-ana@example.com").await;
    assert!(mails.iter().all(|mail| !mail.contains("was due on")), "who is collected from is not reminded: {mails:?}");
    let Collected { content: file, count, .. } = settle::collect(&test.hub, Date::constant(2026, 7, 1)).await.unwrap();
    assert!(count == 1 && file.contains("<SeqTp>RCUR</SeqTp>") && !file.contains("FRST"), "{file}");
    // The bank returned the first one: it is to be paid by hand, and nothing else is.
    settle::returned(&test.hub, &number, test.hub.environment.today()).await.unwrap();
    assert!(matches!(settle::returned(&test.hub, &number, due).await, Err(SettleRefused::NotCollected(_))));
    test.days(1).await;
    let mails = test.mailbox("invoices-ana@example.com").await;
    let reminders: Vec<_> = mails.iter().filter(|mail| mail.contains("was due on")).collect();
    assert!(reminders.len() == 1 && reminders[0].contains(&number), "{reminders:?}");
    test.days(3).await;
    assert_eq!(test.get("/accounts", &test.token_of(&ana, account).await).await.status, 403);
    let cookie = test.log_in(&ana).await;
    let page = test.page("/app/billing/invoices", &cookie).await.body;
    assert!(page.contains("BE68 5390 0754 7034"), "what was returned is to be paid by hand: {page}");
    let ended = test.submit(&Company { cookie: cookie.clone(), ..ana }, "/app/billing/debit/end", &[]).await;
    assert_eq!(ended.status, 303);
    let log = test.page("/app/audit", &cookie).await.body;
    for words in
        ["gave a mandate for direct debits", "ended the mandate", "noted a returned direct debit", "blocked the"]
    {
        assert!(log.contains(words), "{words}: {log}");
    }
}

/// A payer with an invoice that is due, and the mandate to collect it.
async fn due_by_debit(test: &TestHub, email: &str, reference: &str) -> (Company, String) {
    let (payer, _, _) = test.payer(email, reference).await;
    let good = [("holder", "Ana Peeters"), ("iban", "BE71 0961 2345 6769"), ("sure", "yes")];
    assert_eq!(test.submit(&payer, "/app/billing/debit", &good).await.status, 303);
    test.days(30).await;
    let number = test.invoices(&payer).await[0].document.number.clone();
    (payer, number)
}

#[tokio::test]
async fn what_is_settled_twice_at_once_is_settled_once() {
    let test = TestHub::that_bills().await;
    let (ana, number) = due_by_debit(&test, "ana@example.com", "BE68539007547034").await;
    let (hub, due) = (&test.hub, Date::constant(2026, 5, 1));
    // Into one file, and not into two. The clock stands still, so both files would have the same name.
    let (one, two) = tokio::join!(settle::collect(hub, due), settle::collect(hub, due));
    let nothing = [&one, &two].into_iter().filter(|made| matches!(made, Err(SettleRefused::Nothing))).count();
    assert_eq!((nothing, u8::from(one.is_ok()) + u8::from(two.is_ok())), (1, 1), "{one:?} {two:?}");
    // Whatever a program does wrong, the database takes no second one.
    let second: Result<(), db::DbError> = db::write!(hub.db, tx => {
        let id = store::by_number(&mut tx, &number).await?.unwrap().id;
        let sequence = hub::billing::debit::Sequence::Recurrent;
        hub::store::debit::collect(&mut tx, ana.organization, id, ("another", "mandate"), sequence, due).await
    });
    assert!(matches!(second, Err(db::DbError::Constraint(_))), "{second:?}");
    settle::returned(hub, &number, due).await.unwrap();
    // Paid twice at once, and taken back while it is paid: one of them is told.
    let (one, two) = tokio::join!(settle::paid(hub, &number, due), settle::paid(hub, &number, due));
    let told = [&one, &two].into_iter().filter(|done| matches!(done, Err(SettleRefused::Settled(..)))).count();
    assert_eq!((told, u8::from(one.is_ok()) + u8::from(two.is_ok())), (1, 1), "{one:?} {two:?}");
    test.days(30).await;
    let number = test.invoices(&ana).await[0].document.number.clone();
    let june = Date::constant(2026, 6, 1);
    let (paid, collected) = tokio::join!(settle::paid(hub, &number, june), settle::collect(hub, june));
    assert!(paid.is_ok(), "{paid:?}");
    // Collected before it was paid, or not at all.
    assert!(collected.is_ok() || matches!(collected, Err(SettleRefused::Nothing)), "{collected:?}");
}

#[tokio::test]
async fn a_seller_is_named_by_a_number_outside_of_the_union_too() {
    let test = TestHub::that_bills().await;
    let (ana, _, _) = test.payer("ana@example.com", "BE68539007547034").await;
    let fields = BillingFields {
        name: "Far away".into(),
        email: "far@example.com".into(),
        street: "S".into(),
        postal_code: "1".into(),
        city: "C".into(),
        country: "US".into(),
    };
    people::set_billing(&test.hub, ana.organization, &fields).await.unwrap();
    test.days(30).await;
    let id = test.invoices(&ana).await[0].id;
    let ubl = test.page(&format!("/app/billing/invoices/{id}/xml"), &test.log_in(&ana).await).await.body;
    assert!(ubl.contains("VATEX-EU-O") && ubl.contains("<cbc:CompanyID>BE0403019261</cbc:CompanyID>"), "{ubl}");
    // And a standard rate of zero is none.
    let free = Terms { vat_rate: 0, ..terms() };
    assert_eq!(free.missing(), ["hub.vat_exemption"]);
    assert!(Terms { vat_exemption: Some("Small business".into()), ..free }.missing().is_empty());
}

#[tokio::test]
async fn a_file_of_direct_debits_is_kept() {
    let test = TestHub::that_bills().await;
    due_by_debit(&test, "ana@example.com", "BE68539007547034").await;
    let made = settle::collect(&test.hub, Date::constant(2026, 5, 1)).await.unwrap();
    let mut tx = test.hub.db.read().await.unwrap();
    assert_eq!(hub::store::debit::file(&mut tx, &made.name).await.unwrap().as_ref(), Some(&made.content));
    assert_eq!(hub::store::debit::file(&mut tx, "DD-0").await.unwrap(), None);
    let listed = hub::store::debit::files(&mut tx).await.unwrap();
    assert_eq!(listed.iter().map(|file| (file.name.as_str(), file.invoices)).collect::<Vec<_>>(), [(&*made.name, 1)]);
}

#[tokio::test]
async fn a_mandate_lets_in_who_was_blocked() {
    let test = TestHub::that_bills().await;
    let (ana, account, _) = test.payer("ana@example.com", "BE68539007547034").await;
    test.days(75).await;
    assert_eq!(test.get("/accounts", &test.token_of(&ana, account).await).await.status, 403);
    let ana = Company { cookie: test.log_in(&ana).await, ..ana };
    let good = [("holder", "Ana Peeters"), ("iban", "BE71 0961 2345 6769"), ("sure", "yes")];
    assert_eq!(test.submit(&ana, "/app/billing/debit", &good).await.status, 303);
    test.days(1).await;
    assert_eq!(test.get("/accounts", &test.token_of(&ana, account).await).await.status, 200);
}
