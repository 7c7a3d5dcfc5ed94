//! The sign-in page's HTML.

use super::authorization::{NATIVE, providers};
use super::browser::CSRF;
use super::parameters::Parameters;
use super::steps::Step;
use crate::pages::html::escape;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::contact::Contact;
use crate::pool::identity_provider::ProviderType;
use crate::pool::settings::Settings;
use crate::pool::user::MfaFactor;

/// What all steps of the page have in common.
pub(super) struct Frame<'a> {
    pub(super) client_name: &'a str,
    /// The authorization request.
    pub(super) given: &'a Parameters,
    pub(super) csrf_token: &'a str,
    /// The name that was typed before, or that the client suggests.
    pub(super) name: &'a str,
    pub(super) error: Option<&'a str>,
}

/// What people can choose from on the first step.
pub(super) struct Choices {
    native: bool,
    /// Name and label of each.
    providers: Vec<(String, String)>,
}

/// The choices of a client's users.
pub(super) fn choices(pool: &Pool, client: &Client) -> Choices {
    let others = providers(pool, client).filter_map(|name| pool.kept.identity_providers.get(name));
    Choices {
        native: providers(pool, client).any(|name| name == NATIVE),
        providers: others
            .map(|provider| {
                let label = match provider.provider_type {
                    ProviderType::LoginWithAmazon => "Amazon",
                    ProviderType::SignInWithApple => "Apple",
                    _ => &provider.name,
                };
                (provider.name.clone(), label.to_owned())
            })
            .collect(),
    }
}

/// A whole page.
pub(super) fn document(title: &str, main: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"stylesheet\" href=\"/hosted.css\"><link rel=\"icon\" href=\"data:,\"></head>\
         <body><main class=\"card\">{main}</main>\
         <footer>Local user pool, for development only</footer></body></html>",
        title = escape(title)
    )
}

/// An error of which the client must not be told.
pub(super) fn error(code: &str) -> String {
    let main = format!(
        "<h1>Something is not right</h1>\
         <p class=\"alert\" role=\"alert\">An error was encountered with the requested page.</p>\
         <p class=\"soft\">{}</p>",
        escape(code)
    );
    document("Error", &main)
}

/// The first step: user name and password, and the identity providers.
pub(super) fn sign_in(frame: &Frame<'_>, choices: &Choices, settings: &Settings) -> String {
    let mut main = heading(frame, "Sign in", &format!("to {}", frame.client_name));
    for (name, label) in &choices.providers {
        let address = format!(
            "/oauth2/authorize?{}",
            frame.given.with("identity_provider", name).encode()
        );
        main += &format!(
            "<a class=\"provider\" href=\"{}\">Continue with {}</a>",
            escape(&address),
            escape(label)
        );
    }
    if choices.native {
        if !choices.providers.is_empty() {
            main += "<p class=\"or\"><span>or</span></p>";
        }
        let hint = frame.name;
        let (label, kind) = match settings.username_attributes.as_slice() {
            [] => ("User name", "text"),
            [Contact::Email] => ("E-mail", "email"),
            [Contact::PhoneNumber] => ("Phone number", "tel"),
            _ => ("E-mail or phone number", "text"),
        };
        let user = format!(
            "<input name=\"username\" type=\"{kind}\" autocomplete=\"username\" autocapitalize=\"none\" \
             spellcheck=\"false\" required value=\"{}\"{}>",
            escape(hint),
            if hint.is_empty() { " autofocus" } else { "" }
        );
        let password = format!(
            "<input name=\"password\" type=\"password\" autocomplete=\"current-password\" required{}>",
            if hint.is_empty() { "" } else { " autofocus" }
        );
        let fields = field(label, &user) + &field("Password", &password);
        main += &form(frame, None, &fields, "Sign in");
    }
    document("Sign in", &main)
}

/// A step after the first.
pub(super) fn next(frame: &Frame<'_>, step: &Step, session: &str) -> String {
    let code = |name: &str| {
        let input = format!(
            "<input class=\"code\" name=\"{name}\" inputmode=\"numeric\" autocomplete=\"one-time-code\" \
             maxlength=\"8\" required autofocus>"
        );
        field("Code", &input)
    };
    let (title, lead, fields, button) = match step {
        Step::Code { field, to } => (
            "Enter your code",
            format!("We sent it to {to}."),
            code(field),
            "Continue",
        ),
        Step::App => (
            "Enter your code",
            "Your authenticator app shows it.".to_owned(),
            code("SOFTWARE_TOKEN_MFA_CODE"),
            "Continue",
        ),
        Step::Choice(factors) => (
            "Choose a second step",
            "How would you like to get your code?".to_owned(),
            factors.iter().enumerate().map(factor).collect(),
            "Continue",
        ),
        Step::NewPassword { attributes } => {
            let password = "<input name=\"NEW_PASSWORD\" type=\"password\" autocomplete=\"new-password\" \
                            required autofocus>";
            let attributes = attributes.iter().map(|name| {
                let input = format!("<input name=\"userAttributes.{}\" required>", escape(name));
                field(name, &input)
            });
            (
                "Choose a new password",
                "Yours was a temporary one.".to_owned(),
                field("New password", password) + &attributes.collect::<String>(),
                "Continue",
            )
        }
        Step::AppSetup { secret } => (
            "Set up an authenticator app",
            "Give this secret to your app, then enter the code that it shows.".to_owned(),
            format!("<p><code class=\"secret\">{}</code></p>", escape(secret))
                + &code("SOFTWARE_TOKEN_MFA_CODE"),
            "Continue",
        ),
        Step::EmailSetup => (
            "Add an e-mail address",
            "Your codes will go there.".to_owned(),
            field(
                "E-mail",
                "<input name=\"EMAIL\" type=\"email\" autocomplete=\"email\" required autofocus>",
            ),
            "Send a code",
        ),
    };
    let mut main = heading(frame, title, &lead);
    main += &form(frame, Some(session), &fields, button);
    let again = format!("/login?{}", frame.given.encode());
    main += &format!("<p><a href=\"{}\">Start again</a></p>", escape(&again));
    document(title, &main)
}

fn factor((index, factor): (usize, &MfaFactor)) -> String {
    let label = match factor {
        MfaFactor::SmsMfa => "By text message",
        MfaFactor::SoftwareTokenMfa => "From an authenticator app",
        MfaFactor::EmailOtp => "By e-mail",
    };
    format!(
        "<label class=\"choice\"><input type=\"radio\" name=\"ANSWER\" value=\"{}\" required{}> {label}</label>",
        factor.name(),
        if index == 0 { " checked" } else { "" }
    )
}

fn heading(frame: &Frame<'_>, title: &str, lead: &str) -> String {
    let error = frame.error.map_or_else(String::new, |error| {
        format!("<p class=\"alert\" role=\"alert\">{}</p>", escape(error))
    });
    format!("<h1>{title}</h1><p class=\"soft\">{}</p>{error}", escape(lead))
}

/// A labelled input.
pub(super) fn field(label: &str, input: &str) -> String {
    format!(
        "<label class=\"field\"><span>{}</span>{input}</label>",
        escape(label)
    )
}

fn form(frame: &Frame<'_>, session: Option<&str>, fields: &str, button: &str) -> String {
    let action = format!("/login?{}", frame.given.encode());
    let session = session.map_or_else(String::new, |session| {
        format!(
            "<input type=\"hidden\" name=\"session\" value=\"{}\">",
            escape(session)
        )
    });
    format!(
        "<form method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"{CSRF}\" value=\"{}\">{session}{fields}\
         <button>{button}</button></form>",
        escape(&action),
        escape(frame.csrf_token),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_request_says_is_text_and_not_markup() {
        let bad = "\"><script>'&";
        let given = Parameters::default().with("login_hint", bad).with("state", bad);
        let frame = Frame {
            client_name: bad,
            given: &given,
            csrf_token: "t",
            name: bad,
            error: Some(bad),
        };
        let choices = Choices {
            native: true,
            providers: vec![(bad.to_owned(), bad.to_owned())],
        };
        let first = sign_in(&frame, &choices, &Settings::default());
        let step = Step::NewPassword {
            attributes: vec![bad.to_owned()],
        };
        for html in [first, next(&frame, &step, bad), error(bad)] {
            assert!(html.contains("&quot;&gt;&lt;script&gt;&#39;&amp;"), "{html}");
            assert!(!html.contains("<script") && !html.contains("'&\""), "{html}");
        }
    }
}
