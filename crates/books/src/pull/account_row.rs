//! What a provider says of an account, as the books keep it. Pure.

use domain::Currency;
use hub_api::{Account, Resource};

use crate::store::account::Told;

/// What a provider says of an account; `None` when it names no currency or institution, without which nothing can be
/// linked.
pub(crate) fn told_account(resource: &Resource<Account>) -> Option<Told> {
    let attributes = &resource.attributes;
    let currency = Currency::parse(&attributes.currency).ok()?;
    let institution = resource.relationships.financial_institution.as_ref()?.data.as_ref()?.id;
    let minor = |decimal: &Option<hub_api::Decimal>| {
        decimal.as_ref().and_then(|decimal| decimal.money(currency).ok()).map(|money| money.minor())
    };
    Some(Told {
        remote: resource.id,
        institution,
        reference: attributes.reference.chars().filter(|c| !c.is_whitespace()).collect(),
        currency,
        name: attributes.description.clone().or_else(|| attributes.product.clone()).filter(|name| !name.is_empty()),
        holder: attributes.holder_name.clone().filter(|name| !name.is_empty()),
        current_minor: minor(&attributes.current_balance),
        available_minor: minor(&attributes.available_balance),
        synchronized_at: resource.meta.as_ref().and_then(|meta| meta.synchronized_at).map(|at| at.0),
        authorized_until: attributes.authorization_expiration_expected_at.map(|at| at.0),
    })
}
