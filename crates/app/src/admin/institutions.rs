//! `passerelle hub admin institutions …`.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use clap::Subcommand;
use connectors::{InstitutionState, Maintainer};
use domain::{InstitutionId, ProblemReportId, Timestamp};
use hub::SharedHub;
use hub::institutions::{self, FIGURE_DAYS, Maintenance, Standing};
use hub::store::{bank_wish, institution_health, problem_report};

/// Institutions.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum Institutions {
    /// Id, state, synchronizations of the last 30 days, those that went well, open reports, country, name,
    /// whether it has a file or who lists it.
    List,
    /// How the synchronizations of the last 30 days ended: institution, number, error code or "success".
    Figures,
    /// Banks that no connector reaches and that organizations wish for: BIC, organizations, name.
    Demand,
    /// Banks that do not answer now: institution, accounts that failed in a row, until when it is left alone.
    Silent,
    /// Reports that are not dealt with: id, institution, when, whom to answer, first line.
    Reports {
        /// Only those about this institution.
        institution: Option<InstitutionId>,
    },
    /// One report with its diagnostic.
    Report {
        /// The report's id.
        report: ProblemReportId,
    },
    /// Mark a report as dealt with.
    Close {
        /// The report's id.
        report: ProblemReportId,
    },
    /// Say that an institution is stable.
    Promote {
        /// The institution's id.
        institution: InstitutionId,
    },
    /// Say that an institution is in beta.
    Beta {
        /// The institution's id.
        institution: InstitutionId,
    },
    /// Stop synchronizations and new connections, until it is taken back or between two instants. While the hub repairs its
    /// connector, what is stored is not served.
    Maintenance {
        /// The institution's id.
        institution: InstitutionId,
        /// Who is at work: `bank` or `hub`.
        #[arg(long, default_value = "bank", value_parser = maintainer)]
        by: Maintainer,
        /// When it begins, such as `2026-12-24T22:00:00Z`; now when absent.
        #[arg(long, requires = "to", value_parser = instant)]
        from: Option<Timestamp>,
        /// When it is over; until it is taken back when absent.
        #[arg(long, value_parser = instant)]
        to: Option<Timestamp>,
    },
    /// Take no new connections and lead to the institution that replaces it.
    Deprecate {
        /// The institution's id.
        institution: InstitutionId,
        /// The one that replaces it.
        #[arg(long)]
        successor: InstitutionId,
    },
    /// Take the decision back: what the institution's profile says is in force again.
    Restore {
        /// The institution's id.
        institution: InstitutionId,
    },
}

fn instant(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "write an instant with its zone, such as 2026-12-24T22:00:00Z".to_owned())
}

fn maintainer(text: &str) -> Result<Maintainer, String> {
    Maintainer::parse(text).ok_or_else(|| "write bank or hub".to_owned())
}

/// Does it.
pub(super) async fn run(hub: &SharedHub, command: Institutions) -> anyhow::Result<()> {
    let standing = |state| Standing { state, maintained_by: None, replaced_by: None };
    match command {
        Institutions::List => list(hub).await?,
        Institutions::Figures => {
            for ended in institutions::figures(hub).await? {
                let outcome = ended.error_code.as_deref().unwrap_or("success");
                println!("{}\t{}\t{outcome}", ended.institution, ended.count);
            }
        }
        Institutions::Demand => {
            for (bic, organizations) in bank_wish::demand(&mut hub.db.read().await?).await? {
                let name = connectors::known_bank(&bic).map_or("", |bank| bank.name);
                println!("{bic}\t{organizations}\t{name}");
            }
        }
        Institutions::Silent => {
            for (id, health) in institution_health::all(&mut hub.db.read().await?).await? {
                let until = health.paused_until.map_or("asked as usual".to_owned(), |until| until.to_string());
                println!("{id}\t{}\t{until}", health.failing.len());
            }
        }
        Institutions::Reports { institution } => {
            for report in problem_report::open(&mut hub.db.read().await?, institution).await? {
                let first = report.words.lines().next().unwrap_or_default();
                println!("{}\t{}\t{}\t{}\t{first}", report.id, report.institution, report.reported_at, report.email);
            }
        }
        Institutions::Report { report } => self::report(hub, report).await?,
        Institutions::Close { report } => close(hub, report).await?,
        Institutions::Promote { institution } => decide(hub, institution, standing(InstitutionState::Stable)).await?,
        Institutions::Beta { institution } => decide(hub, institution, standing(InstitutionState::Beta)).await?,
        Institutions::Maintenance { institution, by, from, to: Some(until) } => {
            let planned = Maintenance { by, from: from.unwrap_or_else(|| hub.environment.now()), until };
            if !institutions::plan(hub, institution, planned).await? {
                bail!(
                    "the catalogue does not have {institution}, or the maintenance does not end after it begins and after now"
                );
            }
            println!("{institution} is in maintenance from {} until {until}", planned.from);
        }
        Institutions::Maintenance { institution, by, from: _, to: None } => {
            let by = Standing { maintained_by: Some(by), ..standing(InstitutionState::Maintenance) };
            decide(hub, institution, by).await?;
        }
        Institutions::Deprecate { institution, successor } => {
            if institution == successor {
                bail!("an institution cannot replace itself");
            }
            let replaced = Standing { replaced_by: Some(successor), ..standing(InstitutionState::Deprecated) };
            decide(hub, institution, replaced).await?;
        }
        Institutions::Restore { institution } => {
            if !institutions::restore(hub, institution).await? {
                bail!("nothing was decided about {institution}");
            }
            println!("{institution} is what its profile says");
        }
    }
    Ok(())
}

async fn list(hub: &SharedHub) -> anyhow::Result<()> {
    let mut ended: BTreeMap<InstitutionId, (i64, i64)> = BTreeMap::new();
    for figure in institutions::figures(hub).await? {
        let (all, good) = ended.entry(figure.institution).or_default();
        *all += figure.count;
        *good += if figure.error_code.is_none() { figure.count } else { 0 };
    }
    let reports = problem_report::open(&mut hub.db.read().await?, None).await?;
    for profile in hub.institutions() {
        let state = hub.standing(profile).state.as_str();
        let (all, good) = ended.get(&profile.id).copied().unwrap_or_default();
        let rate = if all == 0 { "-".to_owned() } else { format!("{}%", 100 * good / all) };
        let open = reports.iter().filter(|report| report.institution == profile.id).count();
        let source = hub.catalogue.host_of(profile.id).map_or("file".to_owned(), |host| format!("listed by {host}"));
        println!(
            "{}\t{state}\t{all} in {FIGURE_DAYS} days\t{rate}\t{open} reports\t{}\t{}\t{source}",
            profile.id, profile.country, profile.name
        );
    }
    Ok(())
}

async fn report(hub: &SharedHub, id: ProblemReportId) -> anyhow::Result<()> {
    let open = problem_report::open(&mut hub.db.read().await?, None).await?;
    let report = open.into_iter().find(|report| report.id == id).with_context(|| format!("no open report is {id}"))?;
    println!("{}\t{}\t{}\t{}", report.id, report.institution, report.reported_at, report.email);
    println!("{}\n{}", report.words, report.diagnostic);
    Ok(())
}

async fn close(hub: &SharedHub, id: ProblemReportId) -> anyhow::Result<()> {
    let now = hub.environment.now();
    let closed: Result<bool, db::DbError> = db::write!(hub.db, tx => { problem_report::close(&mut tx, id, now).await });
    if !closed? {
        bail!("no open report is {id}");
    }
    println!("{id} is closed");
    Ok(())
}

async fn decide(hub: &SharedHub, id: InstitutionId, standing: Standing) -> anyhow::Result<()> {
    if !institutions::decide(hub, id, standing).await? {
        bail!("the catalogue does not have {id}, or not the one that replaces it");
    }
    println!("{id} is {}; running hubs know it within half a minute", standing.state.as_str());
    Ok(())
}
