//! The institutions of all providers, to search in. Each provider's list is kept for a few minutes.

use std::collections::HashMap;
use std::sync::Arc;

use domain::{InstitutionId, Timestamp};
use hub_api::{Institution, InstitutionStatus, MaintenanceType, PageRequest, Resource};
use tokio::sync::Mutex;

use crate::settings::Provider;
use crate::{Inner, Trouble};

type Institutions = Arc<Vec<Resource<Institution>>>;

/// What was read of each provider, and when.
#[derive(Default)]
pub(crate) struct Cache(Mutex<HashMap<String, (Timestamp, Institutions)>>);

const KEPT_SECONDS: i64 = 300;
const MOST_PAGES: usize = 100;

/// One institution as one provider reaches it.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) provider: String,
    pub(crate) institution: Resource<Institution>,
}

/// What a search found, and which providers could not be asked.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) hits: Vec<Hit>,
    pub(crate) silent: Vec<(String, Trouble)>,
    pub(crate) countries: Vec<String>,
}

impl Inner {
    /// Institutions whose name, brand or BIC holds every word, in a country when one is given: those whose name begins
    /// with the words first.
    pub(crate) async fn search(&self, words: &str, country: &str) -> Found {
        let words: Vec<String> = plain(words).split_whitespace().map(str::to_owned).collect();
        let mut found = Found::default();
        for provider in self.settings.open_providers() {
            match self.institutions(provider).await {
                Err(trouble) => found.silent.push((provider.name.clone(), trouble)),
                Ok(list) => {
                    let of_provider = list.iter().filter(|institution| !institution.attributes.name.is_empty());
                    for institution in of_provider {
                        found.countries.extend(institution.attributes.country.clone());
                        if matches(&institution.attributes, &words, country) {
                            let institution = institution.clone();
                            found.hits.push(Hit { provider: provider.name.clone(), institution });
                        }
                    }
                }
            }
        }
        found.countries.sort();
        found.countries.dedup();
        found.hits.sort_by_key(|hit| {
            let name = plain(&hit.institution.attributes.name);
            let begins = words.first().is_some_and(|word| name.starts_with(word.as_str()));
            (!begins, name, hit.provider.clone())
        });
        found
    }

    /// The institutions of a provider, at most a few minutes old.
    pub(crate) async fn institutions(&self, provider: &Provider) -> Result<Institutions, Trouble> {
        let now = self.environment.now();
        let kept = self.catalogue.0.lock().await.get(&provider.name).cloned();
        if let Some((read_at, list)) = &kept
            && now.duration_since(*read_at).as_secs() < KEPT_SECONDS
        {
            return Ok(list.clone());
        }
        let list = Arc::new(self.read_institutions(provider).await?);
        self.catalogue.0.lock().await.insert(provider.name.clone(), (now, list.clone()));
        Ok(list)
    }

    async fn read_institutions(&self, provider: &Provider) -> Result<Vec<Resource<Institution>>, Trouble> {
        let client = self.client(provider).await?;
        let mut list = Vec::new();
        let mut page = PageRequest::first(PageRequest::MAX_LIMIT);
        for _ in 0..MOST_PAGES {
            let read = client.institutions(None, &page).await?;
            list.extend(read.items.into_iter().map(|item| item.resource));
            match (read.links.next, read.last_id) {
                (Some(_), Some(last)) => page = PageRequest::after(PageRequest::MAX_LIMIT, last),
                _ => break,
            }
        }
        Ok(list)
    }

    /// One institution of a provider, when the provider still has it.
    pub(crate) async fn institution(
        &self,
        provider: &Provider,
        id: InstitutionId,
    ) -> Result<Option<Resource<Institution>>, Trouble> {
        let list = self.institutions(provider).await?;
        Ok(list.iter().find(|institution| institution.id == id).cloned())
    }
}

fn matches(institution: &Institution, words: &[String], country: &str) -> bool {
    let texts = [Some(&institution.name), institution.shared_brand_name.as_ref(), institution.bic.as_ref()];
    let hay = texts.into_iter().flatten().map(|text| plain(text)).collect::<Vec<_>>().join(" ");
    let here = country.is_empty() || institution.country.as_deref() == Some(country);
    here && words.iter().all(|word| hay.contains(word.as_str()))
}

/// Lower case without the accents of western Europe, so that `credit` finds `Crédit`.
fn plain(text: &str) -> String {
    let bare = |c: char| match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        other => other,
    };
    text.to_lowercase().chars().map(bare).collect()
}

/// The one state that a person should know of an institution.
pub(crate) fn state_of(institution: &Institution) -> &str {
    match (&institution.maintenance_type, &institution.status) {
        (Some(MaintenanceType::Internal | MaintenanceType::FinancialInstitution | MaintenanceType::Other(_)), _) => {
            "maintenance"
        }
        (None, _) if institution.deprecated => "deprecated",
        (None, InstitutionStatus::Experimental) => "experimental",
        (None, InstitutionStatus::Beta) => "beta",
        (None, InstitutionStatus::Stable) => "stable",
        (None, InstitutionStatus::Other(other)) => other,
    }
}
