use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::nearest::nearest;
use super::{ALL, Mistake, Settings, books, providers};

/// Applies a settings file; what is right is applied, what is wrong is returned, each with its line.
pub(super) fn apply(path: &Path, settings: &mut Settings) -> Vec<Mistake> {
    match std::fs::read_to_string(path) {
        Ok(text) => apply_text(&path.display().to_string(), &text, settings),
        Err(error) => vec![Mistake {
            place: path.display().to_string(),
            what: format!("this settings file cannot be read ({error}): check the path given with --config"),
        }],
    }
}

fn apply_text(name: &str, text: &str, settings: &mut Settings) -> Vec<Mistake> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let at = |offset: usize| format!("{name}:{}", text[..offset.min(text.len())].matches('\n').count() + 1);
    if !errors.is_empty() {
        let mistake = |error: &toml::de::Error| Mistake {
            place: at(error.span().map_or(0, |span| span.start)),
            what: format!("this is not TOML: {}", error.message()),
        };
        return errors.iter().map(mistake).collect();
    }
    let mut mistakes = Vec::new();
    walk(table.get_ref(), "", &mut |key, value, offset| {
        if key == "books.providers" {
            let (entries, wrong) = providers::read(value, offset);
            settings.books_providers.extend(entries);
            mistakes.extend(wrong.into_iter().map(|(offset, what)| (offset, Mistake { place: at(offset), what })));
            return;
        }
        if books::LISTS.contains(&key.as_str()) {
            let wrong = books::read(&key, value, offset, &mut settings.books_plan);
            mistakes.extend(wrong.into_iter().map(|(offset, what)| (offset, Mistake { place: at(offset), what })));
            return;
        }
        let known = ALL.iter().find(|known| known.name == key);
        let applied = match known {
            Some(known) => text_of(value).and_then(|text| (known.set)(settings, &text)),
            None => Err(unknown(&key)),
        };
        if let Err(what) = applied {
            mistakes.push((offset, Mistake { place: at(offset), what }));
        }
    });
    mistakes.sort_by_key(|(offset, _)| *offset);
    mistakes.into_iter().map(|(_, mistake)| mistake).collect()
}

/// Calls for each value that is no table, with its dotted key and where the key stands.
fn walk(table: &DeTable<'_>, prefix: &str, each: &mut impl FnMut(String, &DeValue<'_>, usize)) {
    for (key, value) in table {
        let name = format!("{prefix}{}", key.get_ref());
        match value.get_ref().as_table() {
            Some(inner) => walk(inner, &format!("{name}."), each),
            None => each(name, value.get_ref(), key.span().start),
        }
    }
}

fn text_of(value: &DeValue<'_>) -> Result<String, String> {
    if let Some(text) = value.as_str() {
        return Ok(text.to_owned());
    }
    if let Some(number) = value.as_integer() {
        return Ok(number.as_str().to_owned());
    }
    let text = value.as_bool().map(|on| on.to_string());
    text.ok_or_else(|| format!("a {} cannot stand here: write a text, a whole number, true or false", value.type_str()))
}

fn unknown(key: &str) -> String {
    let last = |name: &'static str| name.rsplit('.').next().unwrap_or(name);
    let whole = nearest(key, ALL.iter().map(|known| known.name));
    // A key that is right but stands in the wrong section is far from its name by letters.
    let elsewhere =
        || ALL.iter().find(|known| Some(last(known.name)) == key.rsplit('.').next()).map(|known| known.name);
    match whole.or_else(elsewhere) {
        Some(meant) => format!("there is no setting {key}; did you mean {meant}?"),
        None => format!("there is no setting {key}; passerelle --help lists them all"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> Vec<String> {
        let mut settings = Settings::default();
        apply_text("passerelle.toml", text, &mut settings).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_mistake_is_named_by_its_line_with_a_suggestion() {
        let text =
            "data = \"here\"\n\n[hub]\nlisen = \"127.0.0.1:1\"\nprice_cents = \"much\"\n[books]\nlisten = 8500\n";
        assert_eq!(
            mistakes(text),
            [
                "passerelle.toml:4: there is no setting hub.lisen; did you mean hub.listen?",
                "passerelle.toml:5: 'much' is not a whole number of cents such as 400",
                "passerelle.toml:7: '8500' is not an address and a port such as 127.0.0.1:8400",
            ]
        );
    }

    #[test]
    fn a_file_that_is_not_toml_names_the_line() {
        let found = mistakes("[hub]\nlisten = \n");
        assert!(found[0].starts_with("passerelle.toml:2: this is not TOML"), "{found:?}");
    }

    #[test]
    fn a_good_file_is_applied() {
        let mut settings = Settings::default();
        let text =
            "allow_private_addresses = true\n[hub]\nprice_cents = 0\npublic_url = \"https://hub.example.org/\"\n";
        assert_eq!(apply_text("f", text, &mut settings), []);
        assert!(settings.allow_private_addresses);
        assert_eq!((settings.hub_price_cents, settings.hub.url().as_str()), (0, "https://hub.example.org"));
    }

    #[test]
    fn what_a_target_does_not_take_is_named_by_its_line() {
        let text = "[[books.targets]]\ncompany = \"A\"\nsystem = \"nope\"\n\
                    [[books.targets]]\ncompany = \"A\"\nsystem = \"odoo\"\naddress = \"ftp://x\"\nfodler = \"x\"\n\
                    [[books.journals]]\ncompany = \"A\"\naccount = \"BE68539007547034\"\nstart = \"2026-02-30\"\n";
        let found = mistakes(text);
        let said = |line: &str, words: &str| {
            assert!(found.iter().any(|one| one.starts_with(line) && one.contains(words)), "{line} {words}: {found:#?}");
        };
        said("passerelle.toml:3:", "no system is called 'nope': write one of odoo, beancount");
        said("passerelle.toml:7:", "'ftp://x' is no address");
        said("passerelle.toml:8:", "odoo has no setting fodler: it takes address");
        said("passerelle.toml:4:", "key is missing");
        said("passerelle.toml:12:", "'2026-02-30' is not a day");
        let good = "[[books.targets]]\ncompany = \"A\"\nsystem = \"hledger\"\nfolder = \"ledger\"\n";
        assert_eq!(mistakes(good), Vec::<String>::new());
    }

    #[test]
    fn providers_are_a_list_and_their_mistakes_are_named() {
        let good = "[[books.providers]]\nname = \"Second hub\"\nurl = \"https://hub.example.org/\"\n\
                    client_id = \"books\"\nclient_secret = \"s\"\n[[books.providers]]\nname = \"Ponto\"\n\
                    base_url = \"https://api.example.com/ponto-connect\"\n\
                    authorize_url = \"https://authorization.example.com/oauth2/auth\"\n\
                    token_url = \"https://api.example.com/ponto-connect/oauth2/token\"\n\
                    client_id = \"c\"\nclient_secret = \"s\"\n";
        let mut settings = Settings::default();
        assert_eq!(apply_text("f", good, &mut settings), []);
        let told: Vec<_> =
            settings.books_providers.iter().map(|one| (one.name.as_str(), one.base_url.as_str())).collect();
        let (hub, ponto) = ("https://hub.example.org/ponto-connect", "https://api.example.com/ponto-connect");
        assert_eq!(told, [("Second hub", hub), ("Ponto", ponto)]);
        assert_eq!(settings.books_providers[0].token_url, "https://hub.example.org/ponto-connect/oauth2/token");
        let bad = "[[books.providers]]\nname = \"A\"\nurl = \"hub\"\nclient_id = \"c\"\nclient_secret = \"s\"\n\
                   [[books.providers]]\nnme = \"B\"\n[books]\nlisten = \"127.0.0.1:1\"\n";
        let found = mistakes(bad).join("\n");
        assert!(found.contains("'hub' is not a web address"), "{found}");
        assert!(found.contains("did you mean name?") && found.contains("lacks name"), "{found}");
    }

    #[test]
    fn a_provider_may_ask_for_a_certificate_and_signatures() {
        let files = concat!(env!("CARGO_MANIFEST_DIR"), "/../outbound/tests/it/identity");
        let provider = |name: &str, host: &str, more: &str| {
            format!(
                "[[books.providers]]\nname = \"{name}\"\nkind = \"custom\"\nurl = \"{host}\"\n\
                 client_id = \"c\"\nclient_secret = \"s\"\n{more}"
            )
        };
        let certificate = format!(
            "certificate_file = \"{files}/client.pem\"\nkey_file = \"{files}/client.key\"\n\
             authority_file = \"{files}/authority.pem\"\n"
        );
        let signature = format!("signature_id = \"a-1\"\nsignature_key_file = \"{files}/signature.key\"\n");
        let mut settings = Settings::default();
        let good = provider("Ponto", "https://api.example.com", &format!("{certificate}{signature}"));
        assert_eq!(apply_text("f", &good, &mut settings), []);
        let read = &settings.books_providers[0];
        assert!(read.identity.is_some() && read.signer.is_some());
        assert_eq!(read.places(), ["api.example.com:443"]);
        let twice = format!("{good}{}", provider("Sandbox", "https://api.example.com", ""));
        let lone = "certificate_file = \"/nowhere/c.pem\"\n";
        let half = format!("signature_id = \"a-1\"\n{certificate}");
        let locked = certificate.replace("client.key", "stranger.key");
        for (text, said) in [
            (provider("A", "http://api.example.com", &certificate), "is not https"),
            (provider("A", "https://api.example.com", lone), "'/nowhere/c.pem' cannot be read"),
            (provider("A", "https://api.example.com", &half), "signature_id and signature_key_file go together"),
            (provider("A", "https://api.example.com", &locked), "cannot be used together"),
            (twice, "another provider has the same host"),
        ] {
            let found = mistakes(&text).join("\n");
            assert!(found.contains(said), "{said}: {found}");
        }
    }

    #[test]
    fn what_the_books_are_to_hold_is_read_and_its_mistakes_are_named() {
        let good = "[[books.providers]]\nname = \"Own\"\nkind = \"custom\"\nurl = \"https://hub.example.org\"\n\
                    client_id = \"c\"\nclient_secret = \"s\"\n\
                    [[books.connections]]\ncompany = \"A\"\nprovider = \"Own\"\nevery_hours = 6\n\
                    [[books.journals]]\ncompany = \"A\"\naccount = \"BE68 5390 0754 7034\"\nstart = \"2026-01-01\"\n\
                    [[books.targets]]\ncompany = \"A\"\nsystem = \"beancount\"\nfolder = \"/srv/ledger\"\n\
                    journals = [\"BNK1\"]\n";
        let mut settings = Settings::default();
        assert_eq!(apply_text("f", good, &mut settings), []);
        let own = &settings.books_providers[0];
        assert_eq!((own.authorize_url.as_deref(), own.base_url.as_str()), (None, "https://hub.example.org"));
        assert_eq!(own.token_url, "https://hub.example.org/oauth2/token");
        let plan = &settings.books_plan;
        assert_eq!(plan.connections[0].every_hours, Some(6));
        assert_eq!(plan.journals[0].start, Some(domain::Date::constant(2026, 1, 1)));
        assert_eq!(plan.targets[0].settings["folder"], "/srv/ledger");
        let bad = "[[books.connections]]\ncompany = \"A\"\nprovidr = \"x\"\n[[books.journals]]\naccount = \"1\"\n\
                   [[books.journals]]\ncompany = \"A\"\naccount = \"1\"\nstatements = \"yearly\"\n\
                   [[books.targets]]\ncompany = \"A\"\n";
        let found = mistakes(bad).join("\n");
        for said in
            ["f:3: a connection has no providr; did you mean provider?", "lacks company", "'yearly'", "lacks system"]
        {
            assert!(found.replace("passerelle.toml", "f").contains(said), "{said}: {found}");
        }
    }

    #[test]
    fn a_setting_in_the_wrong_section_is_recognised() {
        assert!(mistakes("price_cents = 3\n")[0].ends_with("did you mean hub.price_cents?"));
    }
}
