//! Variables that look like settings and are none. A slip in a name would otherwise do nothing, and say nothing.

use super::nearest::nearest;
use super::{ALL, Mistake};

/// How every variable of this program begins.
const PREFIX: &str = "PASSERELLE_";
/// The settings file has a variable, too.
const FILE: &str = "PASSERELLE_CONFIG";
/// What steers the tests and the benchmarks of this program, which start it with all that they were given.
const OF_TESTS: [&str; 9] =
    ["BENCH_", "BLESS", "BOOKS_CASES", "CAMT", "INDEPENDENT_", "KILL_", "SCHEMA", "STORY_", "TEST_"];

/// A mistake for each name that is like a setting's and belongs to none.
pub(super) fn mistakes(names: impl Iterator<Item = String>) -> Vec<Mistake> {
    let mut found: Vec<Mistake> = names.filter(|name| is_unknown(name)).map(mistake).collect();
    found.sort_by(|one, other| one.place.cmp(&other.place));
    found
}

fn is_unknown(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(PREFIX) else { return false };
    let known = name == FILE || ALL.iter().any(|key| key.variable == name);
    let of_tests = OF_TESTS.iter().any(|start| rest.starts_with(start));
    // Kubernetes gives every container the addresses of its services, and one of them may be called passerelle.
    let of_services = format!("_{rest}_").contains("_PORT_") || rest.contains("SERVICE_");
    !(known || of_tests || of_services)
}

fn mistake(name: String) -> Mistake {
    let short = |variable: &'static str| variable.trim_start_matches(PREFIX);
    let meant = nearest(name.trim_start_matches(PREFIX), ALL.iter().map(|key| short(key.variable)));
    let what = match meant {
        Some(meant) => format!("there is no such setting; did you mean {PREFIX}{meant}?"),
        None => "there is no such setting; passerelle --help lists them all".to_owned(),
    };
    Mistake { place: name, what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_named_and_what_others_set_is_not() {
        let names = [
            "PATH",
            "PASSERELLE_CONFIG",
            "PASSERELLE_HUB_LISTEN",
            "PASSERELLE_HUB_LITSEN",
            "PASSERELLE_HUB_SUPORT",
            "PASSERELLE_COLOUR",
            "PASSERELLE_TEST_POSTGRES",
            "PASSERELLE_PORT_8400_TCP_ADDR",
            "PASSERELLE_HUB_SERVICE_HOST",
        ];
        let said: Vec<String> =
            mistakes(names.iter().map(ToString::to_string)).iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "PASSERELLE_COLOUR: there is no such setting; passerelle --help lists them all",
                "PASSERELLE_HUB_LITSEN: there is no such setting; did you mean PASSERELLE_HUB_LISTEN?",
                "PASSERELLE_HUB_SUPORT: there is no such setting; did you mean PASSERELLE_HUB_SUPPORT?",
            ]
        );
    }

    #[test]
    fn no_setting_is_taken_for_something_else() {
        for key in ALL {
            let slip = format!("{}X", key.variable);
            assert!(!is_unknown(key.variable) && is_unknown(&slip), "{slip}");
        }
    }
}
