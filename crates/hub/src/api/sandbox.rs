//! `/sandbox/financial-institutions/{institution}/financial-institution-accounts`: movements at simulated banks, to be
//! written by software that tries itself; the next synchronization brings them. The accounts are those of the
//! integration at that bank, under their own ids, so that nobody writes into another's.

use axum::Json;
use axum::extract::{Path, State};
use connectors::Profile;
use domain::{AccountId, Currency, Date, Details, InstitutionId, Money, Party, StructuredReference};
use http::StatusCode;
use hub_api::{
    ChangedSandboxTransaction, Code, Day, Decimal, Doc, Institution, Kind, List, Moment, NewSandboxTransaction,
    Relation, Resource, SandboxAccount, SandboxAccountRelationships, SandboxTransaction,
    SandboxTransactionRelationships,
};

use super::base::Base;
use super::body::{Attributes, Sent, pointer};
use super::caller::Caller;
use super::error::ApiError;
use super::paging::ListPage;
use super::{paging, path};
use crate::sandbox::{self, AtBank, Movement, NewMovement, SandboxError};
use crate::store::account::Account;
use crate::store::integration;
use crate::{Hub, SharedHub};

/// Longest text that is written into a movement; a bank has less.
const TEXT_MAX: usize = 500;

/// `GET …/financial-institution-accounts`.
pub(super) async fn accounts(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path(institution): Path<String>,
    ListPage(page): ListPage,
) -> Result<Json<List<Resource<SandboxAccount>>>, ApiError> {
    let bank = bank(&hub, &institution)?;
    let mut tx = hub.db.read().await?;
    let mut held = integration::accounts_of(&mut tx, caller.organization, caller.integration).await?;
    held.retain(|account| account.institution_id == bank.id);
    held.reverse();
    let found = paging::of_whole(held, &page, |account| account.account_id.to_string());
    let mut known = Vec::new();
    for row in &found.rows {
        known.push(caller.account(&mut tx, row.account_id).await?);
    }
    drop(tx);
    let mut data = Vec::new();
    for account in &known {
        let at = sandbox::account(&hub, bank, account).await.map_err(refused)?;
        data.push(account_resource(&base, account, &at));
    }
    let address = base.at(&format!("/sandbox/financial-institutions/{}/financial-institution-accounts", bank.id));
    Ok(Json(page.document(&address, data, found.has_newer, found.has_older)))
}

/// `GET …/financial-institution-accounts/{account}`.
pub(super) async fn account(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path((institution, id)): Path<(String, String)>,
) -> Result<Json<Doc<Resource<SandboxAccount>>>, ApiError> {
    let place = Place::of(&hub, &caller, &institution, &id).await?;
    let at = sandbox::account(&hub, place.bank, &place.account).await.map_err(refused)?;
    Ok(Json(Doc { data: account_resource(&base, &place.account, &at) }))
}

/// `GET …/financial-institution-transactions`.
pub(super) async fn movements(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path((institution, id)): Path<(String, String)>,
    ListPage(page): ListPage,
) -> Result<Json<List<Resource<SandboxTransaction>>>, ApiError> {
    let place = Place::of(&hub, &caller, &institution, &id).await?;
    let all = sandbox::movements(&hub, place.bank, &place.account).await.map_err(refused)?;
    let found = paging::of_whole(all, &page, |movement| movement.id.clone());
    let address = base.at(&format!("{}/financial-institution-transactions", place.path()));
    let data = found.rows.iter().map(|movement| place.resource(&base, movement)).collect();
    Ok(Json(page.document(&address, data, found.has_newer, found.has_older)))
}

/// `GET …/financial-institution-transactions/{movement}`.
pub(super) async fn movement(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path((institution, id, movement)): Path<(String, String, String)>,
) -> Result<Json<Doc<Resource<SandboxTransaction>>>, ApiError> {
    let place = Place::of(&hub, &caller, &institution, &id).await?;
    let known = place.movement(&hub, &movement).await?;
    Ok(Json(Doc { data: place.resource(&base, &known) }))
}

/// `POST …/financial-institution-transactions`.
pub(super) async fn create(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path((institution, id)): Path<(String, String)>,
    body: Sent<NewSandboxTransaction>,
) -> Result<(StatusCode, Json<Doc<Resource<SandboxTransaction>>>), ApiError> {
    let place = Place::of(&hub, &caller, &institution, &id).await?;
    let new = new_movement(&body.attributes()?, place.account.currency)?;
    let booked = sandbox::book(&hub, place.bank, &place.account, &new).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(Doc { data: place.resource(&base, &booked) })))
}

/// `PATCH …/financial-institution-transactions/{movement}`.
pub(super) async fn change(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path((institution, id, movement)): Path<(String, String, String)>,
    body: Sent<ChangedSandboxTransaction>,
) -> Result<Json<Doc<Resource<SandboxTransaction>>>, ApiError> {
    let place = Place::of(&hub, &caller, &institution, &id).await?;
    let known = place.movement(&hub, &movement).await?;
    let details = words(&body.attributes()?, false)?;
    let edited = sandbox::edit(&hub, place.bank, &place.account, &known, &details).await.map_err(refused)?;
    Ok(Json(Doc { data: place.resource(&base, &edited) }))
}

/// An account of the caller at a simulated bank.
struct Place<'a> {
    bank: &'a Profile,
    account: Account,
}

impl<'a> Place<'a> {
    async fn of(hub: &'a Hub, caller: &Caller, institution: &str, account: &str) -> Result<Place<'a>, ApiError> {
        let bank = bank(hub, institution)?;
        let missing = || ApiError::not_found(SandboxAccount::TYPE);
        let id: AccountId = path::id(account, SandboxAccount::TYPE)?;
        let found = caller.account(&mut hub.db.read().await?, id).await;
        let account = found.map_err(|error| error.or_missing(missing()))?;
        if account.institution == bank.id { Ok(Place { bank, account }) } else { Err(missing()) }
    }

    fn path(&self) -> String {
        let (bank, account) = (self.bank.id, self.account.id);
        format!("/sandbox/financial-institutions/{bank}/financial-institution-accounts/{account}")
    }

    async fn movement(&self, hub: &Hub, id: &str) -> Result<Movement, ApiError> {
        let all = sandbox::movements(hub, self.bank, &self.account).await.map_err(refused)?;
        let known = all.into_iter().find(|movement| movement.id.eq_ignore_ascii_case(id));
        known.ok_or_else(|| ApiError::not_found(SandboxTransaction::TYPE))
    }

    fn resource(&self, base: &Base, movement: &Movement) -> Resource<SandboxTransaction> {
        let account = Relation::to(SandboxAccount::TYPE, self.account.id).at(base.at(&self.path()));
        let relationships = SandboxTransactionRelationships { financial_institution_account: Some(account) };
        Resource::new(movement.id.clone(), SandboxTransaction::of(&movement.booked), relationships)
    }
}

fn bank<'a>(hub: &'a Hub, institution: &str) -> Result<&'a Profile, ApiError> {
    let id: InstitutionId = path::id(institution, Institution::TYPE)?;
    let known = hub.institution(id).filter(|profile| sandbox::has(hub, profile));
    known.ok_or_else(|| ApiError::not_found(Institution::TYPE))
}

fn account_resource(base: &Base, account: &Account, at: &AtBank) -> Resource<SandboxAccount> {
    let balance = at.balance();
    let attributes = SandboxAccount {
        subtype: Some(account.subtype.clone()),
        reference: account.reference.clone(),
        reference_type: Some(account.reference_type.clone()),
        currency: account.currency.code().to_owned(),
        description: account.name.clone(),
        product: account.product.clone(),
        holder_name: account.holder_name.clone(),
        current_balance: balance.map(|(_, amount)| Decimal::from(amount)),
        current_balance_reference_date: balance.and_then(|(day, _)| Moment::start_of(day)),
    };
    let institution = format!("/sandbox/financial-institutions/{}", account.institution);
    let movements =
        format!("{institution}/financial-institution-accounts/{}/financial-institution-transactions", account.id);
    let bank = base.at(&format!("/financial-institutions/{}", account.institution));
    let relationships = SandboxAccountRelationships {
        financial_institution: Some(Relation::to(Institution::TYPE, account.institution).at(bank)),
        financial_institution_transactions: Some(Relation::list(base.at(&movements), SandboxTransaction::TYPE)),
    };
    Resource::new(account.id, attributes, relationships)
}

fn new_movement(attributes: &Attributes, currency: Currency) -> Result<NewMovement, ApiError> {
    let missing = || ApiError::field(&pointer("amount"), "The amount is missing.");
    let amount = money(attributes, "amount", currency)?.ok_or_else(missing)?;
    if attributes.text("currency")?.is_some_and(|told| !told.eq_ignore_ascii_case(currency.code())) {
        return Err(ApiError::field(&pointer("currency"), format!("This account holds {currency}.")));
    }
    let mut details =
        words(attributes, attributes.text("remittanceInformationType")?.as_deref() == Some("structured"))?;
    details.card_reference = text(attributes, "cardReference")?;
    details.fee = money(attributes, "fee", currency)?;
    Ok(NewMovement {
        booked_on: day(attributes, "executionDate")?,
        value_on: day(attributes, "valueDate")?,
        amount: amount.decimal(),
        details,
    })
}

/// The words of a movement. The label stands where the bank's prose does, as it is read back.
fn words(attributes: &Attributes, structured: bool) -> Result<Details, ApiError> {
    let said = text(attributes, "remittanceInformation")?;
    let label = text(attributes, "description")?;
    let prose = text(attributes, "additionalInformation")?;
    let (reference, free) = if structured { (said, label.clone()) } else { (None, said) };
    Ok(Details {
        counterparty: Party {
            name: text(attributes, "counterpartName")?,
            account: text(attributes, "counterpartReference")?,
            bic: None,
        },
        remittance: free.iter().flat_map(|text| text.lines()).map(str::to_owned).collect(),
        structured: reference.as_deref().map(StructuredReference::parse),
        end_to_end_id: text(attributes, "endToEndId")?,
        mandate_id: text(attributes, "mandateId")?,
        creditor_id: text(attributes, "creditorId")?,
        purpose_code: text(attributes, "purposeCode")?,
        bank_transaction_code: text(attributes, "bankTransactionCode")?,
        proprietary_code: text(attributes, "proprietaryBankTransactionCode")?,
        additional_information: prose.or(label),
        ..Details::default()
    })
}

fn text(attributes: &Attributes, name: &str) -> Result<Option<String>, ApiError> {
    let text = attributes.text(name)?;
    if text.as_ref().is_some_and(|text| text.chars().count() > TEXT_MAX) {
        return Err(ApiError::field(&pointer(name), format!("At most {TEXT_MAX} characters.")));
    }
    Ok(text)
}

fn day(attributes: &Attributes, name: &str) -> Result<Option<Date>, ApiError> {
    let wrong = || ApiError::field(&pointer(name), "This is not a date such as 2026-03-01.");
    attributes.text(name)?.map(|text| Day::parse(&text).map(|Day(date)| date).ok_or_else(wrong)).transpose()
}

fn money(attributes: &Attributes, name: &str, currency: Currency) -> Result<Option<Money>, ApiError> {
    let Some(number) = attributes.number(name)? else { return Ok(None) };
    let amount = number.money(currency).map_err(|error| ApiError::field(&pointer(name), format!("{error}.")))?;
    Ok(Some(amount))
}

fn refused(error: SandboxError) -> ApiError {
    match error {
        SandboxError::Unknown => ApiError::not_found(SandboxAccount::TYPE),
        SandboxError::Refused(why) => ApiError::new(Code::ValidationError, format!("The bank says: {why}.")),
        SandboxError::Unusable(why) => {
            tracing::warn!(why, "the control surface of the simulated banks cannot be used");
            let detail = "The simulated banks do not answer the hub. They must run on its machine.";
            ApiError::new(Code::InstitutionUnavailable, detail)
        }
    }
}
