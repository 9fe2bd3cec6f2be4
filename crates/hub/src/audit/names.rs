//! Taking the names of people out of the log when their login is erased. An entry that loses a name keeps its hash, so the
//! chain and every copy of it stay what they were; what it says instead is sealed beside it.

use db::{DbError, Tx};
use domain::{OrganizationId, UserId};

use super::{Entry, hash};
use crate::Hub;
use crate::store::audit as store;

/// What stands for somebody in the log whose login was erased. It is the same in every entry and says nothing else.
pub(crate) fn pseudonym(user: UserId) -> String {
    let id = user.to_string();
    let end = id.rsplit('-').next().unwrap_or_default();
    format!("erased-{end}")
}

/// Takes the name of a person out of the log of an organization: as who did something, and as whom it was done to.
pub(crate) async fn take_names(
    tx: &mut Tx,
    hub: &Hub,
    organization: OrganizationId,
    user: UserId,
    email: &str,
) -> Result<(), DbError> {
    // The end of the log is held so that two who do this follow one another.
    store::lock_head(tx, organization).await?;
    let (id, instead) = (user.to_string(), pseudonym(user));
    for seq in store::naming(tx, organization, &id, &email.to_lowercase()).await? {
        let mut pair = store::after(tx, organization, (seq - 2).max(0), 2 - i64::from(seq == 1)).await?;
        let Some(mut entry) = pair.pop() else { continue };
        let before = pair.pop().map_or_else(String::new, |before| before.hash);
        let whole = is_as_written(hub, &before, &entry);
        let (name, subject) = (without(&entry.actor_name, email, &instead), without(&entry.subject, email, &instead));
        if (&name, &subject) == (&entry.actor_name, &entry.subject) {
            continue;
        }
        (entry.actor_name, entry.subject) = (name, subject);
        // What was changed by somebody else is not made good by this: it stays found.
        if whole {
            let said = format!("{}:{}", entry.hash, hash(&before, &entry));
            entry.erased = Some(hub.keyring.seal(&place(&entry), said.as_bytes()));
        }
        store::take_names(tx, &entry).await?;
    }
    store::forget_sightings(tx, organization, &id).await
}

/// Whether an entry says what was written, or what was sealed since; `before` is the hash of the one before it.
pub(super) fn is_as_written(hub: &Hub, before: &str, entry: &Entry) -> bool {
    let Some(sealed) = &entry.erased else { return entry.hash == hash(before, entry) };
    let said = hub.keyring.open_text(&place(entry), sealed);
    said.is_ok_and(|said| *said.expose() == format!("{}:{}", entry.hash, hash(before, entry)))
}

fn place(entry: &Entry) -> String {
    format!("audit_entries:erased:{}:{}", entry.organization, entry.seq)
}

/// A text with another word wherever an address stands as a whole.
fn without(text: &str, address: &str, instead: &str) -> String {
    let (small, wanted) = (text.to_ascii_lowercase(), address.to_ascii_lowercase());
    if wanted.is_empty() {
        return text.to_owned();
    }
    let (mut out, mut done) = (String::new(), 0);
    for (at, found) in small.match_indices(&wanted) {
        let end = at + found.len();
        let alone = !text[..at].ends_with(|c: char| c.is_alphanumeric() || "._%+-".contains(c))
            && !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '-')
            && !text[end..].strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if alone {
            out.push_str(&text[done..at]);
            out.push_str(instead);
            done = end;
        }
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn an_address_is_taken_out_where_it_stands_alone() {
        for (text, want) in [
            ("ana@example.com (owner)", "X (owner)"),
            ("Ana@Example.com", "X"),
            ("joana@example.com", "joana@example.com"),
            ("ana@example.com.br", "ana@example.com.br"),
            ("é ana@example.com. And ana@example.com", "é X. And X"),
            ("BE68 5390 0754 7034", "BE68 5390 0754 7034"),
        ] {
            assert_eq!(without(text, "ana@example.com", "X"), want, "{text}");
        }
        assert_eq!(without("text", "", "X"), "text");
    }
}
