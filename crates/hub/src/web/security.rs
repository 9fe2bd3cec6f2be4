//! What protects a person's login besides the password.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use qrcodegen::{QrCode, QrCodeEcc};
use vault::Secret;
use web::{Field, FieldErrors, Fields, Flash, Page, Redirect, Tone, heading, heading_under, notice, show_once};

use super::second::{passkey_answer, passkey_fields, script};
use super::stop::Stop;
use super::visit::Member;
use crate::people::{self, FactorError, Factors, Passkey};

const PAGE: &str = "/app/profile/security";

/// `GET /app/profile/security`.
pub async fn show(member: Member) -> Result<Response, Stop> {
    draw(&member, &FieldErrors::new()).await
}

/// `GET /app/profile/totp`: a new seed, as a picture for the app's camera and as text.
pub async fn show_totp(member: Member) -> Response {
    let (seed, sealed) = people::new_totp(member.hub(), member.who.user.id);
    draw_totp(&member, seed.expose(), &sealed, &FieldErrors::new())
}

/// `POST /app/profile/totp`: takes the app into use, and shows the recovery codes.
pub async fn enable_totp(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let (hub, user, sealed) = (member.hub(), member.who.user.id, form.text("seed"));
    let done = people::enable_totp(hub, user, present(&form), sealed, form.text("code")).await;
    match done {
        Ok(codes) => {
            let login = people::start_session(hub, user, &member.visitor.headers).await?;
            if let Some(organization) = member.who.session.organization_id {
                people::work_for(hub, user, organization).await?;
            }
            let mut response = draw_codes(&member, &codes);
            response.headers_mut().append(http::header::SET_COOKIE, login.set_cookie);
            Ok(response)
        }
        Err(FactorError::Sealed(_)) => Err(Stop::Form),
        Err(error) => {
            let errors = wrong(error, "code")?;
            let Ok(seed) = people::same_totp(hub, user, sealed) else { return Err(Stop::Form) };
            Ok(draw_totp(&member, seed.expose(), sealed, &errors))
        }
    }
}

/// `POST /app/profile/totp/off`.
pub async fn disable_totp(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let done = people::disable_totp(member.hub(), member.who.user.id, present(&form)).await;
    settled(&member, done, "security-totp-off-done").await
}

/// `POST /app/profile/recovery`: new recovery codes.
pub async fn recovery(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    match people::new_recovery_codes(member.hub(), member.who.user.id, present(&form)).await {
        Ok(codes) => Ok(draw_codes(&member, &codes)),
        Err(error) => draw(&member, &wrong(error, "present")?).await,
    }
}

/// `POST /app/profile/passkeys`.
pub async fn add_passkey(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let (user, answer) = (member.who.user.id, passkey_answer(&form));
    let done = people::add_passkey(member.hub(), user, present(&form), form.text("name"), &answer).await;
    settled(&member, done, "security-passkey-added").await
}

/// `POST /app/profile/passkeys/{credential}/remove`.
pub async fn remove_passkey(
    member: Member,
    Path(credential): Path<String>,
    Form(form): Form<Fields>,
) -> Result<Response, Stop> {
    let done = people::remove_passkey(member.hub(), member.who.user.id, present(&form), &credential).await;
    settled(&member, done, "security-passkey-removed").await
}

pub(super) fn present(form: &Fields) -> Secret<String> {
    Secret::new(form.exact("present").to_owned())
}

async fn settled(member: &Member, done: Result<(), FactorError>, key: &'static str) -> Result<Response, Stop> {
    match done {
        Ok(()) => {
            let flash = Flash::good(member.locale().say(key));
            Ok(Redirect::to(PAGE).flash(&member.visitor.cookies, &flash).into_response())
        }
        Err(error) => draw(member, &wrong(error, "passkey")?).await,
    }
}

/// What is wrong, beside its field; `other` is the field of what was to be proven.
pub(super) fn wrong(error: FactorError, other: &'static str) -> Result<FieldErrors, Stop> {
    let mut errors = FieldErrors::new();
    match error {
        FactorError::WrongPassword => errors.add("present", "profile-present-wrong"),
        FactorError::TooManyAttempts { retry_in_s } => {
            errors.add_with("present", "log-in-too-many", vec![("minutes", ((retry_in_s + 59) / 60).into())]);
        }
        FactorError::Refused | FactorError::Lapsed => errors.add(other, "second-refused"),
        FactorError::Passkey(_) => errors.add(other, "second-passkey-refused"),
        FactorError::Sealed(error) => return Err(Stop::Failed(error.to_string())),
        FactorError::Password(error) => return Err(Stop::Failed(error.to_string())),
        FactorError::Database(error) => return Err(error.into()),
    }
    Ok(errors)
}

async fn draw(member: &Member, errors: &FieldErrors) -> Result<Response, Stop> {
    let locale = member.locale();
    let factors = people::factors(member.hub(), member.who.user.id).await?;
    let options = people::options_to_add(member.hub(), &member.who.user).await?;
    let main = html! {
        (heading_under(Some(("/app/profile", &locale.say("profile-title"))), &locale.say("security-title"), &locale.say("security-lead"), html! {}))
        @if member.second_factor_missing { (notice(Tone::Care, html! { p { (locale.say("security-needed")) } })) }
        @for field in ["present", "passkey"] {
            @if let Some(said) = errors.said(field, locale) { div role="alert" { (notice(Tone::Bad, html! { p { (said) } })) } }
        }
        (totp_card(&factors, member))
        section.section {
            div.section-head { h2 { (locale.say("security-passkeys")) } }
            p.soft { (locale.say("security-passkeys-lead")) }
            @if !factors.passkeys.is_empty() {
                div.card.flush { ul.list { @for key in &factors.passkeys { li { (passkey_row(key, member)) } } } }
            }
            form.card.passkey method="post" action="/app/profile/passkeys" data-passkey="create" data-options=(options.to_string()) hidden {
                (Field::text("name", locale.say("security-passkey-name")).optional().show(locale))
                (password(member, "new"))
                (passkey_fields())
                div.form-end { button.main type="submit" { (locale.say("security-passkey-add")) } }
            }
            noscript { p { (locale.say("security-passkeys-script")) } }
            (script())
        }
    };
    Ok(member.frame().show(Page::new(locale.say("security-title"), main).narrow()))
}

/// The present password. Several forms of the page ask for it, each in a field of its own.
fn password(member: &Member, which: &str) -> Markup {
    let id = format!("present-{which}");
    html! {
        div.field {
            label for=(id) { (member.locale().say("profile-present")) }
            input id=(id) name="present" type="password" required autocomplete="current-password";
        }
    }
}

fn totp_card(factors: &Factors, member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        div.card {
            h2 { (locale.say("security-totp")) }
            @if factors.totp {
                p { (locale.say("security-totp-on")) }
                p.soft { (locale.say_with("security-codes-left", &[("count", factors.recovery_codes.into())])) }
                form method="post" action="/app/profile/recovery" {
                    (password(member, "codes"))
                    button type="submit" { (locale.say("security-codes-new")) }
                }
                form method="post" action="/app/profile/totp/off" {
                    (password(member, "off"))
                    button type="submit" { (locale.say("security-totp-off")) }
                }
            } @else {
                p.soft { (locale.say("security-totp-lead")) }
                a.button.main href="/app/profile/totp" { (locale.say("security-totp-do")) }
            }
        }
    }
}

fn passkey_row(key: &Passkey, member: &Member) -> Markup {
    let locale = member.locale();
    let used = key.used_at.map_or(locale.say("security-passkey-unused"), |at| {
        locale.say_with("security-passkey-used", &[("date", locale.instant(at).into())])
    });
    html! {
        div.list-row {
            div.grow { strong { (key.name) } small { (used) } }
            form.inline method="post" action={ "/app/profile/passkeys/" (key.credential_id) "/remove" } {
                (password(member, &key.credential_id))
                button.small type="submit" { (locale.say("security-passkey-remove")) }
            }
        }
    }
}

fn draw_totp(member: &Member, seed: &str, sealed: &str, errors: &FieldErrors) -> Response {
    let locale = member.locale();
    let email = &member.who.user.email;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("secret", seed)
        .append_pair("issuer", "Passerelle")
        .finish();
    let account: String = url::form_urlencoded::byte_serialize(email.as_bytes()).collect();
    let address = format!("otpauth://totp/Passerelle:{account}?{query}");
    let main = html! {
        (heading_under(Some((PAGE, &locale.say("security-title"))), &locale.say("security-totp-do"), "", html! {}))
        (errors.notice(locale))
        div.card {
            p { (locale.say("security-totp-scan")) }
            (picture(&address, &locale.say("security-totp-picture")))
            p { (locale.say("security-totp-type")) }
            (show_once(seed, locale))
            form method="post" action="/app/profile/totp" {
                input type="hidden" name="seed" value=(sealed);
                (Field::text("code", locale.say("second-code")).mode("numeric").complete("one-time-code").errors(errors).show(locale))
                (Field::text("present", locale.say("profile-present")).kind("password").complete("current-password").errors(errors).show(locale))
                button.main type="submit" { (locale.say("security-totp-enable")) }
            }
        }
    };
    member.frame().show(Page::new(locale.say("security-totp-do"), main).narrow())
}

/// A QR code as a drawing of one path, four modules of margin around it.
fn picture(text: &str, title: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return html! {} };
    let side = code.size() + 8;
    let dark =
        (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y));
    let path: String = dark.map(|(x, y)| format!("M{},{}h1v1h-1z", x + 4, y + 4)).collect();
    html! {
        svg.qr viewBox={ "0 0 " (side) " " (side) } width="220" height="220" role="img" aria-label=(title) {
            (PreEscaped(format!(r##"<rect width="100%" height="100%" fill="#fff"/><path d="{path}" fill="#000"/>"##)))
        }
    }
}

fn draw_codes(member: &Member, codes: &[String]) -> Response {
    let locale = member.locale();
    let main = html! {
        (heading(&locale.say("security-codes-title"), &locale.say("security-codes-lead"), html! {}))
        div.card {
            (show_once(&codes.join("\n"), locale))
            a.button.main href=(PAGE) { (locale.say("security-codes-kept")) }
        }
    };
    member.frame().show(Page::new(locale.say("security-codes-title"), main).narrow())
}
