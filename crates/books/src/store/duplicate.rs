//! Lines of one journal that may tell the same movement: the same id at the bank, or the same day, amount and other
//! side. Whether they do is for a person to say: two payments may well be alike.

use db::{DbError, Tx};
use domain::{CompanyId, Date, JournalId};

use super::line::{self, Line};

/// Groups beyond this many are not shown.
const MOST_ROWS: i64 = 400;

/// Why lines stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alike {
    /// The bank gave them the same id.
    BankId,
    /// The same day, amount and other side.
    Content,
}

/// The groups of a journal from a day on, newest first; a line stands in one group only.
pub async fn of_journal(
    tx: &mut Tx,
    company: CompanyId,
    journal: JournalId,
    from: Date,
) -> Result<Vec<(Alike, Vec<Line>)>, DbError> {
    let args = [company.to_string().into(), journal.to_string().into(), from.to_string().into(), MOST_ROWS.into()];
    let by_id = tx
        .all(
            "SELECT line.* FROM line JOIN (SELECT bank_id FROM line WHERE company_id = $1 AND journal_id = $2 \
             AND booked_on >= $3 AND state <> 'removed' AND bank_id IS NOT NULL \
             GROUP BY bank_id HAVING COUNT(*) BETWEEN 2 AND 5) AS twice ON twice.bank_id = line.bank_id \
             WHERE line.company_id = $1 AND line.journal_id = $2 AND line.booked_on >= $3 AND line.state <> 'removed' \
             ORDER BY line.bank_id, line.booked_on, line.sequence LIMIT $4",
            &args,
        )
        .await?;
    let by_content = tx
        .all(
            "SELECT line.* FROM line JOIN (SELECT booked_on, amount_minor, \
             COALESCE(partner_account, partner_name, '') AS other FROM line WHERE company_id = $1 AND journal_id = $2 \
             AND booked_on >= $3 AND state <> 'removed' \
             GROUP BY booked_on, amount_minor, COALESCE(partner_account, partner_name, '') HAVING COUNT(*) > 1) AS twice \
             ON twice.booked_on = line.booked_on AND twice.amount_minor = line.amount_minor \
             AND twice.other = COALESCE(line.partner_account, line.partner_name, '') \
             WHERE line.company_id = $1 AND line.journal_id = $2 AND line.booked_on >= $3 AND line.state <> 'removed' \
             ORDER BY line.booked_on DESC, line.amount_minor, twice.other, line.sequence LIMIT $4",
            &args,
        )
        .await?;
    let by_id = by_id.iter().map(line::of_row).collect::<Result<Vec<_>, _>>()?;
    let by_content = by_content.iter().map(line::of_row).collect::<Result<Vec<_>, _>>()?;
    let mut groups = gathered(Alike::BankId, by_id, |one, other| one.text.bank_id == other.text.bank_id);
    let other_side = |line: &Line| line.text.partner_account.clone().or_else(|| line.text.partner_name.clone());
    let same = |one: &Line, other: &Line| {
        (one.booked_on, one.amount_minor, other_side(one)) == (other.booked_on, other.amount_minor, other_side(other))
    };
    for group in gathered(Alike::Content, by_content, same) {
        let told = |line: &Line| groups.iter().any(|(_, known)| known.iter().any(|known| known.id == line.id));
        if !group.1.iter().all(told) {
            groups.push(group);
        }
    }
    groups.sort_by_key(|(_, lines)| lines.first().map(|line| std::cmp::Reverse(line.booked_on)));
    Ok(groups)
}

fn gathered(why: Alike, lines: Vec<Line>, same: impl Fn(&Line, &Line) -> bool) -> Vec<(Alike, Vec<Line>)> {
    let mut groups: Vec<(Alike, Vec<Line>)> = Vec::new();
    for line in lines {
        match groups.last_mut().filter(|(_, group)| group.first().is_some_and(|first| same(first, &line))) {
            Some((_, group)) => group.push(line),
            None => groups.push((why, vec![line])),
        }
    }
    groups.retain(|(_, group)| group.len() > 1);
    groups
}
