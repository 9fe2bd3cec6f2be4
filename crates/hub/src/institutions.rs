//! Institutions while the hub runs: how far each can be relied on now, what people report about one, and which banks
//! they wish for.
//!
//! A profile says how an institution stood when its file was written. What the operator decides later is a row, read
//! again by every process within half a minute, so that a promotion or a maintenance needs no restart.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use connectors::{InstitutionState, Maintainer, Profile, known_bank};
use db::DbError;
use domain::{InstitutionId, OrganizationId, ProblemReportId, Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::mail::{self, Letter};
use crate::store::institution_figures::{self, Attempt, Ended};
use crate::store::problem_report::{self, ProblemReport};
use crate::store::{bank_wish, standing, user};
use crate::{Hub, bank_lists};

pub use crate::store::standing::{Maintenance, Standing};

/// How long a process works with what it read.
const FRESH_SECONDS: i64 = 30;
/// How many synchronizations a report tells of.
const ATTEMPTS: i64 = 20;
/// The longest text that is kept of a report.
pub const REPORT_CHARACTERS: usize = 4_000;
/// Days that the operator's figures look back.
pub const FIGURE_DAYS: i64 = 30;

/// What this process knows of the operator's decisions.
#[derive(Default)]
pub struct Standings(RwLock<Known>);

#[derive(Default)]
struct Known {
    decided: BTreeMap<InstitutionId, Standing>,
    planned: BTreeMap<InstitutionId, Maintenance>,
    read_at: Option<Timestamp>,
}

impl Hub {
    /// How far an institution can be relied on now. During a planned maintenance it is in maintenance, and afterwards what
    /// it was before.
    pub fn standing(&self, profile: &Profile) -> Standing {
        let known = self.standings.0.read().unwrap_or_else(PoisonError::into_inner);
        let usual = known.decided.get(&profile.id).copied().unwrap_or(Standing {
            // A bank that its host no longer lists takes no new connections; what is connected stays.
            state: if self.catalogue.is_gone(profile.id) { InstitutionState::Deprecated } else { profile.state },
            maintained_by: profile.maintained_by,
            replaced_by: profile.replaced_by,
        });
        let now = self.environment.now();
        match known.planned.get(&profile.id).filter(|planned| planned.from <= now && now < planned.until) {
            Some(planned) if usual.state != InstitutionState::Maintenance => {
                Standing { state: InstitutionState::Maintenance, maintained_by: Some(planned.by), ..usual }
            }
            Some(_) | None => usual,
        }
    }

    /// The maintenance of an institution that goes on or is planned, when the operator said when it is.
    pub fn maintenance(&self, institution: InstitutionId) -> Option<Maintenance> {
        let known = self.standings.0.read().unwrap_or_else(PoisonError::into_inner);
        known.planned.get(&institution).copied().filter(|planned| self.environment.now() < planned.until)
    }

    /// When an institution under maintenance is looked at again: at the end that was announced, else in a while.
    pub(crate) fn back_at(&self, institution: InstitutionId, in_minutes: i64) -> Timestamp {
        let now = self.environment.now();
        let goes_on = self.maintenance(institution).filter(|planned| planned.from <= now);
        goes_on.map_or(now + in_minutes.minutes(), |planned| planned.until)
    }

    /// Whether what is stored of an institution may not be served: the hub itself is repairing the connection.
    pub fn is_closed(&self, institution: InstitutionId) -> bool {
        self.institution(institution).is_some_and(|profile| {
            let standing = self.standing(profile);
            standing.state == InstitutionState::Maintenance && standing.maintained_by == Some(Maintainer::Hub)
        })
    }

    /// Reads the operator's decisions again when the last reading is old.
    pub(crate) async fn refresh_standings(&self) -> Result<(), DbError> {
        let now = self.environment.now();
        let is_old = |read_at: Timestamp| read_at + FRESH_SECONDS.seconds() <= now;
        if self.standings.0.read().unwrap_or_else(PoisonError::into_inner).read_at.is_some_and(|at| !is_old(at)) {
            return Ok(());
        }
        bank_lists::refresh(self).await?;
        fulfil_wishes(self).await?;
        let mut tx = self.db.read().await?;
        let decided = standing::all(&mut tx).await?.into_iter().collect();
        let planned = standing::planned(&mut tx, now).await?.into_iter().collect();
        let known = Known { decided, planned, read_at: Some(now) };
        *self.standings.0.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }
}

/// Decides how far an institution can be relied on. False when the catalogue does not have it, or the replacement.
pub async fn decide(hub: &Hub, id: InstitutionId, standing: Standing) -> Result<bool, DbError> {
    if hub.institution(id).is_none() || standing.replaced_by.is_some_and(|id| hub.institution(id).is_none()) {
        return Ok(false);
    }
    let now = hub.environment.now();
    db::write!(hub.db, tx => { self::standing::set(&mut tx, id, &standing, now).await })?;
    hub.standings.0.write().unwrap_or_else(PoisonError::into_inner).read_at = None;
    hub.refresh_standings().await?;
    Ok(true)
}

/// Says when an institution will be, or is, in maintenance. False when the catalogue does not have it, or the end is not
/// after the beginning and to come.
pub async fn plan(hub: &Hub, id: InstitutionId, planned: Maintenance) -> Result<bool, DbError> {
    let meant = planned.from < planned.until && hub.environment.now() < planned.until;
    if hub.institution(id).is_none() || !meant {
        return Ok(false);
    }
    db::write!(hub.db, tx => { self::standing::plan(&mut tx, id, &planned).await })?;
    hub.standings.0.write().unwrap_or_else(PoisonError::into_inner).read_at = None;
    hub.refresh_standings().await?;
    Ok(true)
}

/// Takes a decision back, and a planned maintenance: the profile's own state is in force again. False when there was
/// neither.
pub async fn restore(hub: &Hub, id: InstitutionId) -> Result<bool, DbError> {
    let restored = db::write!(hub.db, tx => {
        let planned = self::standing::forget_plan(&mut tx, id).await?;
        Ok::<_, DbError>(self::standing::remove(&mut tx, id).await? || planned)
    })?;
    hub.standings.0.write().unwrap_or_else(PoisonError::into_inner).read_at = None;
    hub.refresh_standings().await?;
    Ok(restored)
}

/// Keeps what a person reports about an institution, beside what the last synchronizations of the organization there
/// answered. The diagnostic names no account, no amount and no text of the bank.
pub async fn report(
    hub: &Hub,
    organization: OrganizationId,
    institution: InstitutionId,
    email: &str,
    words: &str,
) -> Result<ProblemReportId, DbError> {
    let report = ProblemReport {
        id: ProblemReportId::new(&hub.environment),
        organization,
        institution,
        email: email.to_owned(),
        words: words.chars().take(REPORT_CHARACTERS).collect(),
        diagnostic: diagnostic(hub, organization, institution).await?,
        reported_at: hub.environment.now(),
        closed_at: None,
    };
    db::write!(hub.db, tx => { problem_report::insert(&mut tx, &report).await })?;
    tracing::info!(report = %report.id, institution = %institution, "a problem was reported");
    Ok(report.id)
}

/// What a report about an institution would attach, for the person to see before sending it.
pub async fn diagnostic(
    hub: &Hub,
    organization: OrganizationId,
    institution: InstitutionId,
) -> Result<String, DbError> {
    let attempts =
        institution_figures::attempts(&mut hub.db.read().await?, organization, institution, ATTEMPTS).await?;
    let told: Vec<Value> = attempts.iter().map(redacted).collect();
    let document =
        json!({ "program": env!("CARGO_PKG_VERSION"), "institution": institution, "synchronizations": told });
    Ok(serde_json::to_string_pretty(&document).expect("a JSON value can be written"))
}

/// Codes, status and request id of an attempt. A bank's sentences stay out: some banks put account numbers in them.
fn redacted(attempt: &Attempt) -> Value {
    let reply = attempt.error.as_ref().and_then(|error| error.reply.as_deref());
    let reply: Value = reply.and_then(|reply| serde_json::from_str(reply).ok()).unwrap_or_default();
    let messages = reply.pointer("/body/tppMessages").and_then(Value::as_array);
    let codes: Vec<&Value> = messages.into_iter().flatten().filter_map(|message| message.get("code")).collect();
    json!({
        "id": attempt.synchronization,
        "subtype": attempt.subtype,
        "createdAt": attempt.created_at.to_string(),
        "code": attempt.error.as_ref().map(|error| error.code.as_str()),
        "bankStatus": reply.get("statusCode"),
        "bankRequestId": reply.get("requestId"),
        "bankCodes": codes,
    })
}

/// Notes that somebody wants to be told when a bank of the directory can be reached. False when there is no such bank.
pub async fn wish(hub: &Hub, organization: OrganizationId, bic: &str, email: &str) -> Result<bool, DbError> {
    let Some(bank) = known_bank(bic) else { return Ok(false) };
    let now = hub.environment.now();
    db::write!(hub.db, tx => { bank_wish::add(&mut tx, organization, bank.bic, email, now).await })?;
    Ok(true)
}

/// Writes to everybody who waits for a bank that can be reached by now, once.
pub(crate) async fn fulfil_wishes(hub: &Hub) -> Result<(), DbError> {
    let wanted = bank_wish::untold(&mut hub.db.read().await?).await?;
    for bic in wanted {
        let Some(profile) = hub.institutions().into_iter().find(|known| known.bic.starts_with(&bic)) else { continue };
        let now = hub.environment.now();
        db::write!(hub.db, tx => {
            for wish in bank_wish::take_untold(&mut tx, &bic, now).await? {
                let language = user::by_email(&mut tx, &wish.email).await?.map(|(user, _)| user.language);
                let words = mail::words(language.as_deref().unwrap_or_default());
                let named = [("bank", profile.name.as_str().into())];
                let letter = Letter::new(&wish.email, words.say_with("known-bank-arrived-subject", &named))
                    .text(words.say_with("known-bank-arrived", &named))
                    .link(words.say("known-bank-connect"), format!("{}/app/link/{}", hub.settings.public_url, profile.id));
                mail::post(&mut tx, hub, wish.organization, &format!("bank:{bic}:{}", wish.email), &letter).await?;
            }
            Ok::<_, DbError>(())
        })?;
    }
    Ok(())
}

/// How the synchronizations of each institution ended lately, for the operator.
pub async fn figures(hub: &Hub) -> Result<Vec<Ended>, DbError> {
    let since = hub.environment.now() - (24 * FIGURE_DAYS).hours();
    institution_figures::ended_since(&mut hub.db.read().await?, since).await
}
