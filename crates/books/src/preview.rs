//! How many lines an account would bring from a day on, before it is linked. The provider's list is counted day by day
//! and kept for a few minutes, so that trying several days asks only once.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::{AccountId, Date, Timestamp};
use hub_api::PageRequest;
use tokio::sync::Mutex;

use crate::Inner;
use crate::access::Failed;
use crate::store::account::Account;

const KEPT_SECONDS: i64 = 300;
/// A list longer than this many pages is not counted to its end.
const MOST_PAGES: usize = 50;

/// What was counted of each account, and when.
#[derive(Default)]
pub(crate) struct Previews(Mutex<HashMap<AccountId, (Timestamp, Arc<Counted>)>>);

/// The movements of an account by day.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    days: BTreeMap<Date, usize>,
    /// Whether the list goes on beyond what was counted.
    more: bool,
}

/// How many lines would come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Preview {
    /// From the start date on.
    pub(crate) lines: usize,
    /// In all.
    pub(crate) all: usize,
    /// Whether there are more than were counted.
    pub(crate) more: bool,
    /// The day of the oldest one that was counted.
    pub(crate) oldest: Option<Date>,
}

impl Counted {
    fn from(&self, start_on: Option<Date>) -> Preview {
        let wanted = self.days.iter().filter(|(day, _)| start_on.is_none_or(|start| **day >= start));
        Preview {
            lines: wanted.map(|(_, count)| count).sum(),
            all: self.days.values().sum(),
            more: self.more,
            oldest: self.days.keys().next().copied(),
        }
    }
}

impl Inner {
    /// Counts what an account would bring.
    pub(crate) async fn preview(&self, account: &Account, start_on: Option<Date>) -> Result<Preview, Failed> {
        let now = self.environment.now();
        let kept = self.previews.0.lock().await.get(&account.id).cloned();
        if let Some((read_at, counted)) = kept
            && now.duration_since(read_at).as_secs() < KEPT_SECONDS
        {
            return Ok(counted.from(start_on));
        }
        let counted = Arc::new(self.count(account).await?);
        self.previews.0.lock().await.insert(account.id, (now, counted.clone()));
        Ok(counted.from(start_on))
    }

    async fn count(&self, account: &Account) -> Result<Counted, Failed> {
        let mut caller = self.caller(&account.grant).await?;
        let mut counted = Counted::default();
        let mut request = PageRequest::first(PageRequest::MAX_LIMIT);
        for _ in 0..MOST_PAGES {
            let (remote, asked) = (account.remote, request.clone());
            let call = |client: Arc<hub_api::Client>, token| {
                let request = asked.clone();
                async move { client.transactions(&token, remote, &request).await }
            };
            let page = caller.call(call).await?;
            for item in &page.items {
                *counted.days.entry(item.resource.attributes.execution_date.0).or_default() += 1;
            }
            match (page.links.next, page.last_id) {
                (Some(_), Some(last)) => request = PageRequest::after(PageRequest::MAX_LIMIT, last),
                _ => return Ok(counted),
            }
        }
        counted.more = true;
        Ok(counted)
    }
}
