//! Every resource as exact JSON.

use domain::{
    AccountId, Currency, Details, InstitutionId, Money, OrganizationId, Party, StructuredReference, SynchronizationId,
    TransactionId,
};
use hub_api::*;

fn moment(text: &str) -> Moment {
    Moment(text.parse().unwrap())
}

const ACCOUNT: AccountId = AccountId::from_u128(1);
const ACCOUNT_TEXT: &str = "00000000-0000-0000-0000-000000000001";

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn synchronization() -> Resource<Synchronization> {
    let attributes = Synchronization {
        resource_type: "account".into(),
        resource_id: ACCOUNT,
        subtype: Subtype::AccountTransactionsWithUnsettled,
        status: SynchronizationStatus::Error,
        errors: vec![ErrorItem::new(Code::AuthorizationExpired, "Renew it.")],
        customer_online: None,
        created_at: moment("2026-03-01T10:00:00Z"),
        updated_at: moment("2026-03-01T10:00:02.5Z"),
    };
    Resource::new(SynchronizationId::from_u128(7), attributes, SynchronizationRelationships::default())
}

#[test]
fn synchronization_shape() {
    let expected = r#"{"type":"synchronization","id":"00000000-0000-0000-0000-000000000007","attributes":{"resourceType":"account","resourceId":"00000000-0000-0000-0000-000000000001","subtype":"accountTransactionsWithUnsettled","status":"error","errors":[{"code":"authorizationExpired","detail":"Renew it."}],"createdAt":"2026-03-01T10:00:00.000Z","updatedAt":"2026-03-01T10:00:02.500Z"},"relationships":{}}"#;
    assert_eq!(json(&synchronization()), expected);
    assert_eq!(serde_json::from_str::<Resource<Synchronization>>(expected).unwrap(), synchronization());
}

#[test]
fn account_shape() {
    let attributes = Account {
        subtype: Some("checking".into()),
        reference: "BE68539007547034".into(),
        reference_type: Some("IBAN".into()),
        currency: "EUR".into(),
        current_balance: Some(Money::new(638_604, Currency::EUR).into()),
        authorized_at: Some(moment("2026-01-15T12:01:44.166Z")),
        ..Account::default()
    };
    let relationships = AccountRelationships {
        transactions: Some(Relation::list("https://h/t".into(), "transaction")),
        pending_transactions: None,
        financial_institution: Some(
            Relation::to("financialInstitution", InstitutionId::from_u128(9)).at("https://h/f".into()),
        ),
    };
    let meta = AccountMeta {
        synchronized_at: Some(moment("2026-03-01T10:00:02Z")),
        availability: Some("available".into()),
        latest_synchronization: Some(synchronization()),
    };
    let account = Resource::new(ACCOUNT, attributes, relationships).with_meta(meta);
    let expected = format!(
        r#"{{"type":"account","id":"{ACCOUNT_TEXT}","attributes":{{"subtype":"checking","reference":"BE68539007547034","referenceType":"IBAN","currency":"EUR","deprecated":false,"currentBalance":6386.04,"authorizedAt":"2026-01-15T12:01:44.166Z"}},"relationships":{{"transactions":{{"links":{{"related":"https://h/t","meta":{{"type":"transaction"}}}}}},"financialInstitution":{{"links":{{"related":"https://h/f"}},"data":{{"type":"financialInstitution","id":"00000000-0000-0000-0000-000000000009"}}}}}},"meta":{{"synchronizedAt":"2026-03-01T10:00:02.000Z","availability":"available","latestSynchronization":{}}}}}"#,
        json(&synchronization())
    );
    assert_eq!(json(&account), expected);
    assert_eq!(serde_json::from_str::<Resource<Account>>(&expected).unwrap(), account);
}

#[test]
fn transaction_shape() {
    let booked = domain::Transaction {
        booked_on: domain::Date::constant(2026, 2, 28),
        value_on: None,
        amount: Money::new(-1_230, Currency::EUR),
        details: Details {
            counterparty: Party { name: Some("Électricité du Nord".into()), ..Party::default() },
            structured: Some(StructuredReference::Ogm("090933755493".into())),
            remittance: vec!["line 1".into(), "line 2".into()],
            bank_id: Some("B-1".into()),
            ..Details::default()
        },
    };
    let at = moment("2026-03-01T10:00:00Z");
    let attributes = Transaction::of(&booked).stored(Some("ab".into()), at, at);
    let relationships = MovementRelationships { account: Some(Relation::to("account", ACCOUNT)) };
    let transaction = Resource::new(TransactionId::from_u128(3), attributes, relationships);
    let expected = r#"{"type":"transaction","id":"00000000-0000-0000-0000-000000000003","attributes":{"amount":-12.30,"currency":"EUR","executionDate":"2026-02-28T00:00:00.000Z","valueDate":"2026-02-28T00:00:00.000Z","description":"line 1\nline 2","remittanceInformation":"+++090/9337/55493+++","remittanceInformationType":"structured","counterpartName":"Électricité du Nord","internalReference":"B-1","digest":"ab","createdAt":"2026-03-01T10:00:00.000Z","updatedAt":"2026-03-01T10:00:00.000Z","remittanceLines":["line 1","line 2"]},"relationships":{"account":{"data":{"type":"account","id":"00000000-0000-0000-0000-000000000001"}}}}"#;
    assert_eq!(json(&transaction), expected);
    assert_eq!(serde_json::from_str::<Resource<Transaction>>(expected).unwrap(), transaction);
}

#[test]
fn a_pending_transaction_may_have_no_date() {
    let text = r#"{"type":"pendingTransaction","id":"00000000-0000-0000-0000-000000000004","attributes":{"amount":"5","currency":"EUR","executionDate":null}}"#;
    let pending: Resource<PendingTransaction> = serde_json::from_str(text).unwrap();
    assert_eq!(pending.attributes.execution_date, None);
    let written = json(&pending);
    assert_eq!(
        written,
        r#"{"type":"pendingTransaction","id":"00000000-0000-0000-0000-000000000004","attributes":{"amount":5,"currency":"EUR"},"relationships":{}}"#
    );
}

#[test]
fn a_booked_transaction_without_date_is_refused() {
    let text = r#"{"id":"00000000-0000-0000-0000-000000000004","attributes":{"amount":5,"currency":"EUR","executionDate":null}}"#;
    assert!(serde_json::from_str::<Resource<Transaction>>(text).is_err());
}

#[test]
fn feed_shapes() {
    let removed = Change {
        action: Action::Removed,
        transaction_id: TransactionId::from_u128(3),
        changed_at: moment("2026-03-02T00:00:00Z"),
        reason: Some("the bank took it back".into()),
        transaction: None,
    };
    let change = Resource::new("17".to_owned(), removed, ChangeRelationships::default());
    assert_eq!(
        json(&change),
        r#"{"type":"change","id":"17","attributes":{"action":"removed","transactionId":"00000000-0000-0000-0000-000000000003","changedAt":"2026-03-02T00:00:00.000Z","reason":"the bank took it back"},"relationships":{}}"#
    );
    let closing = Balance {
        kind: BalanceType::ClosingBooked,
        amount: Money::new(-5, Currency::EUR).into(),
        currency: "EUR".into(),
        reference_date: Day(domain::Date::constant(2026, 2, 28)),
        created_at: None,
        withdrawn: false,
    };
    let gone = Balance { withdrawn: true, ..closing.clone() };
    assert!(json(&gone).ends_with(r#""referenceDate":"2026-02-28T00:00:00.000Z","withdrawn":true}"#));
    let balance = Resource::new("2".to_owned(), closing, MovementRelationships::default());
    assert_eq!(
        json(&balance),
        r#"{"type":"balance","id":"2","attributes":{"kind":"closingBooked","amount":-0.05,"currency":"EUR","referenceDate":"2026-02-28T00:00:00.000Z"},"relationships":{}}"#
    );
}

#[test]
fn an_institution_of_another_hub_is_read() {
    let text = r##"{"type":"financialInstitution","id":"00000000-0000-0000-0000-000000000009","attributes":{"name":"Lys Bank","status":"sunset","maintenanceType":"internal","country":"BE","deprecated":false,"primaryColor":"#009662","unknown":{"a":1}}}"##;
    let institution: Resource<Institution> = serde_json::from_str(text).unwrap();
    assert_eq!(institution.attributes.status, InstitutionStatus::Other("sunset".into()));
    assert_eq!(institution.attributes.maintenance_type, Some(MaintenanceType::Internal));
    assert_eq!(json(&InstitutionStatus::Beta), "\"beta\"");
    assert_eq!(json(&MaintenanceType::FinancialInstitution), "\"financialInstitution\"");
}

#[test]
fn userinfo_is_flat() {
    let userinfo = Userinfo {
        sub: OrganizationId::from_u128(5),
        name: Some("Café du Port".into()),
        payments_activated: false,
        payments_activation_requested: false,
        payment_requests_activated: false,
        payment_requests_activation_requested: false,
        onboarding_complete: true,
        representative_organization_name: None,
        representative_organization_id: None,
    };
    assert_eq!(
        json(&userinfo),
        r#"{"sub":"00000000-0000-0000-0000-000000000005","name":"Café du Port","paymentsActivated":false,"paymentsActivationRequested":false,"paymentRequestsActivated":false,"paymentRequestsActivationRequested":false,"onboardingComplete":true}"#
    );
}

#[test]
fn errors_and_tokens() {
    let error =
        ErrorItem::new(Code::ValidationError, "The subtype is unknown.").with_pointer("/data/attributes/subtype");
    assert_eq!(
        json(&ErrorDocument::from(error)),
        r#"{"errors":[{"code":"validationError","detail":"The subtype is unknown.","meta":{"attribute":"subtype"},"source":{"pointer":"/data/attributes/subtype"}}]}"#
    );
    for (text, status) in Code::ALL {
        let code = Code::parse(text);
        assert_eq!((code.as_str(), code.status()), (*text, *status));
        assert!(!matches!(code, Code::Other(_)));
    }
    let token = TokenResponse {
        access_token: "a".into(),
        expires_in: 1799,
        refresh_token: None,
        scope: "ai pi".into(),
        token_type: "bearer".into(),
    };
    assert_eq!(json(&token), r#"{"access_token":"a","expires_in":1799,"scope":"ai pi","token_type":"bearer"}"#);
    assert!(!format!("{:?}", TokenResponse { access_token: "tell-nobody".into(), ..token }).contains("tell-nobody"));
    assert_eq!(
        json(&OAuthError::new("invalid_grant", "The code is spent.")),
        r#"{"error":"invalid_grant","error_description":"The code is spent."}"#
    );
}

#[test]
fn discovery_of_both_faces() {
    let connect = serde_json::to_value(Discovery::connect("https://h/ponto-connect")).unwrap();
    let links = &connect["links"];
    assert_eq!(links["accounts"], "https://h/ponto-connect/accounts/{accountId}");
    assert_eq!(
        links["account"]["transactions"],
        "https://h/ponto-connect/accounts/{accountId}/transactions/{transactionId}"
    );
    assert_eq!(links["account"]["changes"], "https://h/ponto-connect/accounts/{accountId}/changes");
    assert_eq!(links["oauth2"]["token"], "https://h/ponto-connect/oauth2/token");
    let usage = "https://h/ponto-connect/organizations/{organizationId}/usage/{month}";
    assert_eq!(links["organizations"]["usage"], usage);
    let custom = serde_json::to_value(Discovery::custom("https://h")).unwrap();
    assert_eq!(custom["links"]["synchronizations"], "https://h/synchronizations/{synchronizationId}");
    assert!(custom["links"].get("organizations").is_none());
    assert_eq!(expand("https://h/accounts/{accountId}", &[]), "https://h/accounts");
    assert_eq!(expand("https://h/a/{x}/t/{y}", &[("x", "1")]), "https://h/a/1/t");
    assert_eq!(expand("https://h/a/{x}/t/{y}", &[("x", "1"), ("y", "2")]), "https://h/a/1/t/2");
}
