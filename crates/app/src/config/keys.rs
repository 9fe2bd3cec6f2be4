use std::path::PathBuf;

use mail::SmtpServer;
use url::Url;
use vault::Secret;

use super::{LogFormat, Settings, billing};

/// One setting: what it is called in the file, as a flag and in the environment, and how its text is understood.
pub struct Key {
    /// Its name in the file, with its section: `hub.listen`.
    pub name: &'static str,
    /// Its flag, without the dashes.
    pub flag: &'static str,
    /// Its environment variable.
    pub variable: &'static str,
    /// What kind of value it takes, for the help.
    pub value: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
    /// Understands a text, or says what is wrong with it.
    pub set: fn(&mut Settings, &str) -> Result<(), String>,
}

macro_rules! keys {
    ($($name:literal $flag:literal $variable:literal $value:literal $help:literal => $set:expr;)*) => {
        /// Every setting there is.
        pub const ALL: &[Key] = &[$(Key { name: $name, flag: $flag, variable: $variable, value: $value, help: $help, set: $set }),*];
    };
}

keys! {
    "data" "data" "PASSERELLE_DATA" "DIR"
        "Folder for databases and key files"
        => |to, text| { to.data = PathBuf::from(text); Ok(()) };
    "log_format" "log-format" "PASSERELLE_LOG_FORMAT" "text|json"
        "How the log on standard error is written"
        => |to, text| log_format(text).map(|format| to.log_format = format);
    "log_level" "log-level" "PASSERELLE_LOG_LEVEL" "LEVEL"
        "How much is logged: error, warn, info, debug or trace"
        => |to, text| log_level(text).map(|level| to.log_level = level);
    "allow_private_addresses" "allow-private-addresses" "PASSERELLE_ALLOW_PRIVATE_ADDRESSES" "true|false"
        "Whether banks and providers on loopback and private networks may be reached"
        => |to, text| yes_or_no(text).map(|allowed| to.allow_private_addresses = allowed);
    "hub.listen" "hub-listen" "PASSERELLE_HUB_LISTEN" "ADDRESS:PORT"
        "Where the hub listens"
        => |to, text| address(text).map(|listen| to.hub.listen = listen);
    "hub.metrics_listen" "hub-metrics-listen" "PASSERELLE_HUB_METRICS_LISTEN" "ADDRESS:PORT"
        "Where the hub shows its figures in the format of Prometheus; a port that only the operator reaches"
        => |to, text| address(text).map(|listen| to.hub_metrics_listen = Some(listen));
    "hub.public_url" "hub-public-url" "PASSERELLE_HUB_PUBLIC_URL" "URL"
        "The address under which people, banks and software reach the hub"
        => |to, text| web_address(text).map(|url| to.hub.public_url = Some(url));
    "hub.connect_url" "hub-connect-url" "PASSERELLE_HUB_CONNECT_URL" "URL"
        "Where software reaches the hub's API for applications, when under another name; without /ponto-connect"
        => |to, text| web_address(text).map(|url| to.hub_connect_url = Some(url));
    "hub.custom_url" "hub-custom-url" "PASSERELLE_HUB_CUSTOM_URL" "URL"
        "Where software reaches the hub's API for custom integrations, when under another name"
        => |to, text| web_address(text).map(|url| to.hub_custom_url = Some(url));
    "hub.webhooks_to_private_addresses" "hub-webhooks-to-private-addresses" "PASSERELLE_HUB_WEBHOOKS_TO_PRIVATE_ADDRESSES" "true|false"
        "Whether software on loopback and private networks is told of events"
        => |to, text| yes_or_no(text).map(|allowed| to.hub_webhooks_to_private_addresses = allowed);
    "hub.database" "hub-database" "PASSERELLE_HUB_DATABASE" "DATABASE"
        "The hub's database: sqlite:PATH or postgres://USER@HOST/NAME"
        => |to, text| database(text).map(|database| to.hub_database = Some(database));
    "hub.price_cents" "hub-price-cents" "PASSERELLE_HUB_PRICE_CENTS" "CENTS"
        "Price a month, account and integration in euro cents; 0 turns billing off"
        => |to, text| cents(text).map(|price| to.hub_price_cents = price);
    "hub.vat_percent" "hub-vat-percent" "PASSERELLE_HUB_VAT_PERCENT" "PERCENT"
        "The operator's rate of VAT: 21 or 5.5"
        => |to, text| billing::percent(text).map(|rate| to.hub_billing.vat_rate = rate);
    "hub.vat_exemption" "hub-vat-exemption" "PASSERELLE_HUB_VAT_EXEMPTION" "TEXT"
        "Why the operator charges no VAT, as invoices are to say; it does without this"
        => |to, text| billing::words(text).map(|text| to.hub_billing.vat_exemption = Some(text));
    "hub.invoice_due_days" "hub-invoice-due-days" "PASSERELLE_HUB_INVOICE_DUE_DAYS" "DAYS"
        "Days until an invoice is due"
        => |to, text| billing::days(text).map(|days| to.hub_billing.due_days = days);
    "hub.invoice_grace_days" "hub-invoice-grace-days" "PASSERELLE_HUB_INVOICE_GRACE_DAYS" "DAYS"
        "Days after that until an organization that does not pay is blocked"
        => |to, text| billing::days(text).map(|days| to.hub_billing.grace_days = days);
    "hub.seller_name" "hub-seller-name" "PASSERELLE_HUB_SELLER_NAME" "TEXT"
        "Who sends the invoices; none are drawn up without it"
        => |to, text| billing::words(text).map(|text| to.hub_billing.seller.name = text);
    "hub.seller_vat_number" "hub-seller-vat-number" "PASSERELLE_HUB_SELLER_VAT_NUMBER" "NUMBER"
        "The seller's VAT number with its country in front: BE0403019261"
        => |to, text| billing::vat_number(text).map(|number| to.hub_billing.seller.vat_number = Some(number));
    "hub.seller_registration" "hub-seller-registration" "PASSERELLE_HUB_SELLER_REGISTRATION" "NUMBER"
        "The seller's number in the register of companies"
        => |to, text| billing::words(text).map(|text| to.hub_billing.seller.registration = Some(text));
    "hub.seller_street" "hub-seller-street" "PASSERELLE_HUB_SELLER_STREET" "TEXT"
        "The seller's street and number"
        => |to, text| billing::words(text).map(|text| to.hub_billing.seller.street = text);
    "hub.seller_postal_code" "hub-seller-postal-code" "PASSERELLE_HUB_SELLER_POSTAL_CODE" "TEXT"
        "The seller's postal code"
        => |to, text| billing::words(text).map(|text| to.hub_billing.seller.postal_code = text);
    "hub.seller_city" "hub-seller-city" "PASSERELLE_HUB_SELLER_CITY" "TEXT"
        "The seller's city"
        => |to, text| billing::words(text).map(|text| to.hub_billing.seller.city = text);
    "hub.seller_country" "hub-seller-country" "PASSERELLE_HUB_SELLER_COUNTRY" "XX"
        "The seller's country, two letters: BE"
        => |to, text| billing::country(text).map(|country| to.hub_billing.seller.country = country);
    "hub.seller_email" "hub-seller-email" "PASSERELLE_HUB_SELLER_EMAIL" "ADDRESS"
        "Whom payers write to about an invoice"
        => |to, text| billing::email(text).map(|email| to.hub_billing.seller.email = email);
    "hub.seller_iban" "hub-seller-iban" "PASSERELLE_HUB_SELLER_IBAN" "IBAN"
        "The account that invoices are paid to"
        => |to, text| billing::iban(text).map(|iban| to.hub_billing.seller.iban = Some(iban));
    "hub.seller_bic" "hub-seller-bic" "PASSERELLE_HUB_SELLER_BIC" "BIC"
        "The bank of that account"
        => |to, text| billing::bic(text).map(|bic| to.hub_billing.seller.bic = Some(bic));
    "hub.seller_creditor_id" "hub-seller-creditor-id" "PASSERELLE_HUB_SELLER_CREDITOR_ID" "ID"
        "The seller's SEPA creditor identifier; direct debits are offered with it"
        => |to, text| billing::creditor_id(text).map(|id| to.hub_billing.seller.creditor_id = Some(id));
    "hub.sandbox_url" "hub-sandbox-url" "PASSERELLE_HUB_SANDBOX_URL" "URL"
        "Address of simulated banks for the hub to offer; none are offered without it"
        => |to, text| web_address(text).map(|url| to.hub_sandbox_url = Some(url));
    "hub.trust_forwarded_proto" "hub-trust-forwarded-proto" "PASSERELLE_HUB_TRUST_FORWARDED_PROTO" "true|false"
        "Whether X-Forwarded-Proto is believed: only behind a proxy that sets it itself"
        => |to, text| yes_or_no(text).map(|trusted| to.hub_trust_forwarded_proto = trusted);
    "hub.support" "hub-support" "PASSERELLE_HUB_SUPPORT" "TEXT"
        "Whom people may write to about a bank: an e-mail address or a page"
        => |to, text| { to.hub_support = Some(text.to_owned()); Ok(()) };
    "hub.throttle_seconds" "hub-throttle-seconds" "PASSERELLE_HUB_THROTTLE_SECONDS" "SECONDS"
        "How soon after one synchronization the same may be asked for again; 0 never refuses"
        => |to, text| number(text).and_then(seconds_of).map(|seconds| to.hub_throttle_seconds = seconds);
    "hub.requests_per_minute" "hub-requests-per-minute" "PASSERELLE_HUB_REQUESTS_PER_MINUTE" "COUNT"
        "How many requests a minute each client of the API may send; 0 limits nothing"
        => |to, text| number(text).and_then(count_of).map(|count| to.hub_requests_per_minute = count);
    "hub.owners_need_second_factor" "hub-owners-need-second-factor" "PASSERELLE_HUB_OWNERS_NEED_SECOND_FACTOR" "true|false"
        "Whether owners of an organization must set up a second factor before they go on"
        => |to, text| yes_or_no(text).map(|needed| to.hub_owners_need_second_factor = needed);
    "hub.smtp_url" "hub-smtp-url" "PASSERELLE_HUB_SMTP_URL" "URL"
        "The mail server: smtps://USER:PASSWORD@HOST (TLS) or smtp://USER:PASSWORD@HOST (STARTTLS); a folder without it"
        => |to, text| SmtpServer::parse(text).map(|server| to.hub_smtp = Some(server));
    "hub.mail_folder" "hub-mail-folder" "PASSERELLE_HUB_MAIL_FOLDER" "DIR"
        "Where mail goes without a mail server, one .eml file a message; mail in the data folder when it is not given"
        => |to, text| { to.hub_mail_folder = Some(PathBuf::from(text)); Ok(()) };
    "hub.mail_from" "hub-mail-from" "PASSERELLE_HUB_MAIL_FROM" "SENDER"
        "Who the hub's mail comes from: Passerelle <hub@example.org>"
        => |to, text| sender(text).map(|sender| to.hub_mail_from = Some(sender));
    "books.listen" "books-listen" "PASSERELLE_BOOKS_LISTEN" "ADDRESS:PORT"
        "Where the books listen"
        => |to, text| address(text).map(|listen| to.books.listen = listen);
    "books.public_url" "books-public-url" "PASSERELLE_BOOKS_PUBLIC_URL" "URL"
        "The address under which people reach the books"
        => |to, text| web_address(text).map(|url| to.books.public_url = Some(url));
    "books.database" "books-database" "PASSERELLE_BOOKS_DATABASE" "DATABASE"
        "The books' database: sqlite:PATH or postgres://USER@HOST/NAME"
        => |to, text| database(text).map(|database| to.books_database = Some(database));
    "books.files" "books-files" "PASSERELLE_BOOKS_FILES" "DIR"
        "The folder below which the books write files for other accounting systems, one folder a company"
        => |to, text| { to.books_files = Some(PathBuf::from(text)); Ok(()) };
    "books.hub_url" "books-hub-url" "PASSERELLE_BOOKS_HUB_URL" "URL"
        "The hub that the books use; the one of these settings when it is not given"
        => |to, text| web_address(text).map(|url| to.books_hub_url = Some(url));
    "books.use_hub" "books-use-hub" "PASSERELLE_BOOKS_USE_HUB" "true|false"
        "Whether the books use that hub, besides the [[books.providers]] of the settings file"
        => |to, text| yes_or_no(text).map(|used| to.books_use_hub = used);
    "books.smtp_url" "books-smtp-url" "PASSERELLE_BOOKS_SMTP_URL" "URL"
        "The books' mail server, written as hub.smtp_url; the hub's when it is not given"
        => |to, text| SmtpServer::parse(text).map(|server| to.books_smtp = Some(server));
    "books.mail_folder" "books-mail-folder" "PASSERELLE_BOOKS_MAIL_FOLDER" "DIR"
        "Where the books' mail goes without a mail server; as the hub's when it is not given"
        => |to, text| { to.books_mail_folder = Some(PathBuf::from(text)); Ok(()) };
    "books.mail_from" "books-mail-from" "PASSERELLE_BOOKS_MAIL_FROM" "SENDER"
        "Who the books' mail comes from; as the hub's when it is not given"
        => |to, text| sender(text).map(|sender| to.books_mail_from = Some(sender));
    "books.client_id" "books-client-id" "PASSERELLE_BOOKS_CLIENT_ID" "NAME"
        "What the hub knows the books by"
        => |to, text| client_id(text).map(|id| to.books_client_id = id);
    "books.client_secret" "books-client-secret" "PASSERELLE_BOOKS_CLIENT_SECRET" "SECRET"
        "The secret between hub and books; a file in the data folder when it is not given"
        => |to, text| secret(text).map(|secret| to.books_client_secret = Some(secret));
    "sandbox.listen" "sandbox-listen" "PASSERELLE_SANDBOX_LISTEN" "ADDRESS:PORT"
        "Where the simulated banks listen"
        => |to, text| address(text).map(|listen| to.sandbox.listen = listen);
    "sandbox.public_url" "sandbox-public-url" "PASSERELLE_SANDBOX_PUBLIC_URL" "URL"
        "The address under which the simulated banks are reached"
        => |to, text| web_address(text).map(|url| to.sandbox.public_url = Some(url));
    "sandbox.seed" "sandbox-seed" "PASSERELLE_SANDBOX_SEED" "NUMBER"
        "Seed of the simulated banks' content: the same seed gives the same accounts"
        => |to, text| number(text).map(|seed| to.sandbox_seed = seed);
}

fn seconds_of(seconds: u64) -> Result<i64, String> {
    i64::try_from(seconds)
        .ok()
        .filter(|seconds| *seconds <= 86_400)
        .ok_or_else(|| "at most a day, 86400 seconds".into())
}

fn count_of(count: u64) -> Result<u32, String> {
    u32::try_from(count).map_err(|_| format!("at most {}", u32::MAX))
}

fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        other => Err(format!("'{other}' is not a log format: write text or json")),
    }
}

fn log_level(text: &str) -> Result<tracing::Level, String> {
    text.parse().map_err(|_| format!("'{text}' is not a log level: write error, warn, info, debug or trace"))
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_| format!("'{text}' is neither true nor false"))
}

fn cents(text: &str) -> Result<i64, String> {
    let cents = text.parse().ok().filter(|cents| (0..=1_000_000).contains(cents));
    cents.ok_or_else(|| format!("'{text}' is not a whole number of cents such as 400"))
}

fn client_id(text: &str) -> Result<String, String> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    let wrong = || format!("'{text}' is not a client id: write letters, digits and dashes, such as passerelle-books");
    if plain { Ok(text.to_owned()) } else { Err(wrong()) }
}

/// A name and an address, or an address.
fn sender(text: &str) -> Result<String, String> {
    let wrong = || format!("'{text}' is not a sender such as Passerelle <hub@example.org>");
    let address = text.rsplit_once('<').map_or(text, |(_, rest)| rest.trim_end().trim_end_matches('>'));
    let (local, host) = address.trim().split_once('@').ok_or_else(wrong)?;
    let plain =
        |part: &str| !part.is_empty() && part.chars().all(|c| !c.is_whitespace() && !matches!(c, '<' | '>' | '@'));
    if plain(local) && plain(host) { Ok(text.to_owned()) } else { Err(wrong()) }
}

/// A secret is not repeated in the message.
fn secret(text: &str) -> Result<Secret<String>, String> {
    let long_enough = text.len() >= 24;
    let wrong = || "a secret has at least 24 characters; leave it out to have one made".to_owned();
    if long_enough { Ok(Secret::new(text.to_owned())) } else { Err(wrong()) }
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("'{text}' is not a whole number such as 42"))
}

/// A host (a name or a literal address) and a port.
fn address(text: &str) -> Result<String, String> {
    let parts = text.rsplit_once(':').filter(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    parts
        .map(|_| text.to_owned())
        .ok_or_else(|| format!("'{text}' is not an address and a port such as 127.0.0.1:8400"))
}

fn web_address(text: &str) -> Result<String, String> {
    let wrong = || format!("'{text}' is not a web address such as https://hub.example.org");
    let url = Url::parse(text).map_err(|_| wrong())?;
    if !["http", "https"].contains(&url.scheme()) || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

fn database(text: &str) -> Result<String, String> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    let known = known.iter().any(|start| text.len() > start.len() && text.starts_with(start));
    let wrong = || format!("'{text}' is not a database: write sqlite:PATH or postgres://USER@HOST/NAME");
    if known { Ok(text.to_owned()) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_names_of_a_setting_belong_together() {
        for key in ALL {
            assert_eq!(key.flag, key.name.replace(['.', '_'], "-"));
            assert_eq!(key.variable, format!("PASSERELLE_{}", key.flag.replace('-', "_").to_uppercase()));
        }
    }

    #[test]
    fn wrong_values_are_refused_with_an_example() {
        let wrong = [
            ("hub.listen", "8400"),
            ("hub.listen", "localhost:99999"),
            ("hub.public_url", "hub.example.org"),
            ("hub.public_url", "ftp://hub.example.org"),
            ("hub.database", "mysql://x"),
            ("hub.price_cents", "-1"),
            ("log_level", "loud"),
        ];
        for (name, text) in wrong {
            let key = ALL.iter().find(|key| key.name == name).unwrap();
            let said = (key.set)(&mut Settings::default(), text).unwrap_err();
            assert!(said.contains(text), "{said}");
        }
    }
}
