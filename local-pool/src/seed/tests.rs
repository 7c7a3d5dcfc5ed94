use super::*;
use crate::pool::contact::Contact;
use crate::pool::user::MfaFactor;
use crate::pool::user::Status;

/// The example of the documentation, which is all of its one TOML block.
fn example() -> &'static str {
    let text = include_str!("../../SEED.md");
    let (_, rest) = text.split_once("```toml\n").unwrap();
    rest.split_once("\n```").unwrap().0
}

fn source(text: &str, format: Format) -> Source<'_> {
    let name = match format {
        Format::Toml => "seed.toml",
        Format::Json => "seed.json",
    };
    Source { name, text, format }
}

fn refusal(text: &str) -> String {
    let seed = Seed::of(&source(text, Format::Toml));
    seed.map(|_| ()).unwrap_err().to_string()
}

#[test]
fn the_constants_are_those_of_the_built_in_seed() {
    let seed = Seed::built_in().unwrap();
    let [pool] = seed.file.pools.as_slice() else {
        panic!("one pool");
    };
    assert_eq!(pool.id, POOL_ID);
    assert_eq!(seed.file.identity_pools[0].id, IDENTITY_POOL_ID);
    assert_eq!(pool.clients[0].id, CLIENT_ID);
    assert!(pool.clients[0].secret.is_none());
    assert_eq!(pool.users.len(), USERS.len());
    for (user, constant) in pool.users.iter().zip(USERS) {
        assert_eq!(user.name, constant.email);
        assert_eq!(user.any_password(), Some(constant.password));
        assert_eq!(user.note, constant.note);
    }
}

#[test]
fn the_documented_example_becomes_pools() {
    let seed = Seed::of(&source(example(), Format::Toml)).unwrap();
    let shared = Shared::new(Some(1));
    let pools = seed.pools("http://127.0.0.1:1", &shared);
    assert_eq!(pools.len(), 2);
    let pool = &pools[0];
    let ada = pool.find("ada@example.com").unwrap();
    assert_eq!(ada.status, Status::Confirmed);
    assert_eq!(ada.groups, ["admins"]);
    assert!(ada.has_verified(Contact::Email) && ada.has_verified(Contact::PhoneNumber));
    assert!(pool.has_password(&ada.username, "Sunflower-42!"));
    assert_eq!(ada.mfa.enabled(), [MfaFactor::SoftwareTokenMfa]);
    let authenticator = ada.mfa.authenticator.as_ref().unwrap();
    assert_eq!(authenticator.secret, b"12345678901234567890");
    let invited = pool.find("new@example.com").unwrap();
    assert_eq!(invited.status, Status::ForceChangePassword);
    assert!(invited.temporary_until.is_some_and(|until| until > pool.now()));
    assert!(!pool.find("gone@example.com").unwrap().enabled);
    let unconfirmed = pool.find("unconfirmed@example.com").unwrap();
    assert_eq!(unconfirmed.sign_up_contact, Some(Contact::Email));
    assert!(!unconfirmed.has_verified(Contact::Email));
    assert!(pool.find("grace@example.com").is_none());
    let mut users = pool.kept.users.values();
    let external = users.find(|user| user.email() == "grace@example.com").unwrap();
    assert!(external.password.is_none() && external.identities[0].primary);
    assert_eq!(pools[1].find("bob").unwrap().username, "bob");
}

#[test]
fn json_says_the_same() {
    let value: toml::Value = toml::from_str(example()).unwrap();
    let json = serde_json::to_string_pretty(&value).unwrap();
    let seed = Seed::of(&source(&json, Format::Json)).unwrap();
    let toml = Seed::of(&source(example(), Format::Toml)).unwrap();
    assert_eq!(seed.introduction(), toml.introduction());
    let wrong = json.replace("ada@example.com", "ada");
    let refusal = Seed::of(&source(&wrong, Format::Json))
        .map(|_| ())
        .unwrap_err()
        .to_string();
    let line = wrong
        .lines()
        .position(|line| line.contains("\"name\": \"ada\""))
        .unwrap()
        + 1;
    let words =
        "pools[0].users[0].name: people sign in to this pool with an e-mail address, and this is none";
    assert_eq!(refusal, format!("seed.json:{line}:19: {words}"));
    let refusal = Seed::of(&source("{\"pools\": [\n  {\"id\": 1}]}", Format::Json)).map(|_| ());
    let refusal = refusal.unwrap_err().to_string();
    assert!(refusal.starts_with("seed.json:2:"), "{refusal}");
    assert!(
        refusal.contains("pools[0].id: invalid type: integer `1`, expected a string"),
        "{refusal}"
    );
}

#[test]
fn a_mistake_is_told_with_its_place_and_field() {
    let pool = "[[pools]]\nid = \"eu-west-1_A\"\n[[pools.users]]\nname = \"a@b.c\"\n";
    let password = "password = \"Sunflower-42!\"\n";
    for (text, words) in [
        ("pools = [", "seed.toml:1:"),
        ("", "missing field `pools`"),
        (
            "pools = []",
            "seed.toml:1:9: pools: there has to be at least one pool",
        ),
        (
            "[[pools]]\nid = \"A\"",
            "seed.toml:2:6: pools[0].id: a pool's id is a region",
        ),
        (
            &format!("{pool}status = \"CONFIRMD\""),
            "seed.toml:5:10: pools[0].users[0].status: unknown variant `CONFIRMD`, expected one of `UNCONFIRMED`",
        ),
        (
            &format!("{pool}pasword = \"x\""),
            "seed.toml:5:1: pools[0].users[0]",
        ),
        (
            &format!("{pool}pasword = \"x\""),
            "unknown field `pasword`, expected one of `name`",
        ),
        (
            &format!("{pool}password = 12345678"),
            "pools[0].users[0].password: has to be text in quotation marks",
        ),
        (
            &format!("{pool}password = \"short\""),
            "seed.toml:5:12: pools[0].users[0].password: Password did not conform with policy",
        ),
        (
            &format!("{pool}{password}groups = [\"x\"]"),
            "seed.toml:6:11: pools[0].users[0].groups[0]: there is no group x",
        ),
        (
            &format!("{pool}{password}attributes = {{\"custom:plan\" = \"x\"}}"),
            "seed.toml:6:31: pools[0].users[0].attributes.custom:plan: the pool has no such attribute",
        ),
        (
            &format!("{pool}{password}attributes = {{sub = \"x\"}}"),
            "only the pool itself sets this attribute",
        ),
        (
            &format!("{pool}{password}attributes = {{phone_number = \"12\"}}"),
            "pools[0].users[0].attributes.phone_number: Invalid phone number format.",
        ),
        (
            &format!("{pool}{password}temporary_password = \"Sunflower-42!\""),
            "a password or a temporary one, not both",
        ),
        (
            &format!("{pool}{password}status = \"FORCE_CHANGE_PASSWORD\""),
            "pools[0].users[0].status: FORCE_CHANGE_PASSWORD needs a temporary_password",
        ),
        (
            &format!("{pool}{password}[[pools.users]]\nname = \"A@b.c\""),
            "seed.toml:7:8: pools[0].users[1].name: there is a user A@b.c already",
        ),
        (
            &format!("{pool}{password}mfa = {{factors = [\"SOFTWARE_TOKEN_MFA\"], totp_secret = \"1\"}}"),
            "pools[0].users[0].mfa.totp_secret: it is not base32",
        ),
        (
            &format!("{pool}{password}mfa = {{factors = [\"SMS_MFA\"]}}"),
            "SMS_MFA needs the attribute phone_number",
        ),
        (
            &format!("{pool}{password}identities = [{{provider = \"X\", user_id = \"1\"}}]"),
            "pools[0].users[0].identities[0].provider: there is no identity provider X",
        ),
        (
            &format!("{pool}{password}[[pools.clients]]\nid = \"a\"\noauth.callback_urls = [\"/here\"]"),
            "seed.toml:6:1: pools[0].clients[0]: oauth.callback_urls: /here is no absolute URL",
        ),
        (
            &format!("{pool}[[identity_pools]]\nid = \"eu-west-1_a\""),
            "identity_pools[0]: an identity pool's id is a region, a colon and a UUID in lower case",
        ),
        (
            &format!(
                "{pool}[[identity_pools]]\nid = \"eu-west-1:6b1c7f9e-3f65-4d0e-9a43-0f1e2d3c4b5a\"\n\
                 [[identity_pools.cognito_identity_providers]]\n\
                 provider_name = \"cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Absent\"\nclient_id = \"a\""
            ),
            "identity_pools[0].cognito_identity_providers[0].provider_name: there is no such pool",
        ),
        (
            &format!("{pool}{password}[[pools.clients]]\nid = \"a\"\n[[pools.clients]]\nid = \"a\""),
            "seed.toml:9:6: pools[0].clients[1].id: there is a client a already",
        ),
        (
            &format!("{pool}{password}[pools.settings]\npassword_policy.minimum_length = 5"),
            "pools[0].settings: password_policy.minimum_length is 6 to 99",
        ),
    ] {
        let refusal = refusal(text);
        assert!(refusal.contains(words), "{text}\n{refusal}");
        assert!(
            !refusal.contains("Sunflower") && !refusal.contains("12345678"),
            "{refusal}"
        );
    }
}

#[test]
fn every_mistake_is_told() {
    let text = "[[pools]]\nid = \"A\"\n[[pools.users]]\nname = \"a\"\n[[pools.users]]\nname = \"b\"";
    assert_eq!(refusal(text).lines().count(), 3);
}
