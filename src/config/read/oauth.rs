//! The hosted pages: `auth.oauth`, and `custom.cognito.oauth`, which says what the schema has no words for.

use serde_json::Value;

use super::section::{Section, cut, malformed};
use crate::config::{ConfigProblem, EmailDomains, Endpoint, IdentityProvider, OAuth};

const BOOL: &str = "It is true or false.";
const ADDRESSES: &str =
    "It is a list of absolute addresses in quotation marks, such as [\"https://example.com/callback\"].";
const SOCIAL: &str = "It is a list of \"GOOGLE\", \"FACEBOOK\", \"LOGIN_WITH_AMAZON\" or \"SIGN_IN_WITH_APPLE\"; others go \
                      into custom.cognito.oauth.providers.";
const PROVIDERS: &str = "It is a list of providers, each its ProviderName in quotation marks, or with a name for people: \
                         {\"name\": \"Workforce\", \"label\": \"Example Corp\"}.";
const EMAIL_DOMAINS: &str = "It is a list of domains in lower case, such as [\"example.com\"], or true: then people are asked \
                             for their address.";
const KEYS: [&str; 5] = [
    "providers",
    "email_domains",
    "managed_login",
    "silent_sign_in",
    "popup",
];

/// Reads both sections. `custom` is `custom.cognito`.
pub(super) fn oauth(
    auth: &Section<'_>,
    custom: Option<&Section<'_>>,
) -> Result<Option<OAuth>, ConfigProblem> {
    let more = match custom {
        Some(custom) => custom.section("oauth", "custom.cognito.oauth")?,
        None => None,
    };
    let Some(section) = auth.section("oauth", "auth.oauth")? else {
        return match more {
            Some(_) => Err(ConfigProblem::MissingField {
                path: "auth.oauth".to_owned(),
            }),
            None => Ok(None),
        };
    };
    check_response_type(&section)?;
    let mut oauth = OAuth {
        domain: domain(&section)?,
        scopes: scopes(&section)?,
        redirect_sign_in: addresses(&section, "redirect_sign_in_uri")?,
        redirect_sign_out: addresses(&section, "redirect_sign_out_uri")?,
        providers: Vec::new(),
        email_domains: EmailDomains::None,
        managed_login: false,
        silent_sign_in: false,
        popup: false,
    };
    offer(
        &mut oauth.providers,
        section.words("identity_providers", SOCIAL, social)?,
    );
    if let Some(more) = more {
        extend(&mut oauth, &more)?;
    }
    Ok(Some(oauth))
}

fn extend(oauth: &mut OAuth, more: &Section<'_>) -> Result<(), ConfigProblem> {
    if let Some((key, value)) = more.values.iter().find(|(key, _)| !KEYS.contains(&key.as_str())) {
        return Err(malformed(
            &more.path_of(&cut(key)),
            value,
            "There is no such setting. There are providers, email_domains, managed_login, silent_sign_in and popup.",
        ));
    }
    offer(
        &mut oauth.providers,
        more.words("providers", PROVIDERS, provider)?,
    );
    let is_on = |key| Ok(more.optional(key, BOOL)?.unwrap_or(false));
    oauth.email_domains = email_domains(more)?;
    oauth.managed_login = is_on("managed_login")?;
    oauth.silent_sign_in = is_on("silent_sign_in")?;
    oauth.popup = is_on("popup")?;
    Ok(())
}

/// Adds `more`. Of one that is named twice the place stays, and the words are the later ones.
fn offer(providers: &mut Vec<IdentityProvider>, more: Vec<IdentityProvider>) {
    for provider in more {
        match providers.iter_mut().find(|known| known.name == provider.name) {
            Some(known) => *known = provider,
            None => providers.push(provider),
        }
    }
}

fn check_response_type(section: &Section<'_>) -> Result<(), ConfigProblem> {
    match section.get("response_type") {
        Some(found) if found.as_str() != Some("code") => Err(malformed(
            "auth.oauth.response_type",
            found,
            "It has to be \"code\": the implicit grant (\"token\") puts tokens into addresses, where they leak.",
        )),
        _ => Ok(()),
    }
}

/// `ampx` writes a host alone; people write addresses.
fn domain(section: &Section<'_>) -> Result<Endpoint, ConfigProblem> {
    let text: &str = section.required("domain", "It is the domain of the user pool, in quotation marks.")?;
    let origin = if text.contains("://") {
        text.to_owned()
    } else {
        ["https://", text].concat()
    };
    Endpoint::parse_origin(&origin).map_err(|problem| ConfigProblem::BadEndpoint {
        path: section.path_of("domain"),
        problem,
    })
}

fn scopes(section: &Section<'_>) -> Result<Vec<String>, ConfigProblem> {
    let hint = "It is a list of scopes, such as [\"openid\", \"email\", \"aws.cognito.signin.user.admin\"].";
    let scopes: Vec<String> = section.words("scopes", hint, token)?;
    if !scopes.is_empty() && !scopes.iter().any(|scope| scope == "openid") {
        return Err(malformed(
            "auth.oauth.scopes",
            &Value::from(scopes),
            "\"openid\" has to be among them: without it there is no ID token, and nobody knows who has signed in.",
        ));
    }
    match scopes.is_empty() {
        true => Ok(vec!["openid".to_owned()]),
        false => Ok(scopes),
    }
}

/// A text without white space.
fn token(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    (!text.is_empty() && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}

fn addresses(section: &Section<'_>, key: &str) -> Result<Vec<String>, ConfigProblem> {
    // Those of mobile apps have schemes of their own. The app client lists them as they are: nothing is changed.
    let address = |value: &Value| token(value).filter(|text| text.contains(":/") && !text.contains('#'));
    section.words(key, ADDRESSES, address)
}

fn social(value: &Value) -> Option<IdentityProvider> {
    let (name, label) = match value.as_str()? {
        "GOOGLE" => ("Google", "Google"),
        "FACEBOOK" => ("Facebook", "Facebook"),
        "LOGIN_WITH_AMAZON" => ("LoginWithAmazon", "Amazon"),
        "SIGN_IN_WITH_APPLE" => ("SignInWithApple", "Apple"),
        _ => return None,
    };
    Some(IdentityProvider {
        name: name.to_owned(),
        label: label.to_owned(),
    })
}

fn provider(value: &Value) -> Option<IdentityProvider> {
    let shown = |text: &str| {
        let text = text.trim();
        (!text.is_empty() && !text.contains(char::is_control)).then(|| text.to_owned())
    };
    if let Some(name) = value.as_str() {
        let name = shown(name)?;
        let label = label_of(&name).to_owned();
        return Some(IdentityProvider { name, label });
    }
    let known = |key: &String| key == "name" || key == "label";
    let fields = value.as_object().filter(|fields| fields.keys().all(known))?;
    let name = shown(fields.get("name")?.as_str()?)?;
    let label = match fields.get("label") {
        Some(label) => shown(label.as_str()?)?,
        None => label_of(&name).to_owned(),
    };
    Some(IdentityProvider { name, label })
}

/// What people call a provider of that name.
fn label_of(name: &str) -> &str {
    match name {
        "LoginWithAmazon" => "Amazon",
        "SignInWithApple" => "Apple",
        name => name,
    }
}

fn email_domains(more: &Section<'_>) -> Result<EmailDomains, ConfigProblem> {
    match more.get("email_domains") {
        None | Some(Value::Bool(false)) => Ok(EmailDomains::None),
        Some(Value::Bool(true)) => Ok(EmailDomains::OnRequest),
        Some(_) => {
            let domain = |value: &Value| token(value).filter(|text| is_domain(text));
            more.words("email_domains", EMAIL_DOMAINS, domain)
                .map(EmailDomains::Listed)
        }
    }
}

/// Whether addresses can have it: another would lead nobody anywhere.
fn is_domain(text: &str) -> bool {
    text.contains('.') && !text.contains(['@', '*', ':', '/']) && text.to_lowercase() == text
}
