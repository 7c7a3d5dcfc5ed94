use super::*;
use crate::pool::contact::Contact;
use crate::pool::device::Device;
use crate::pool::user::{Authenticator, Identity, MfaFactor};
use crate::seed;
use crate::sign_in::level::Method;
use crate::tokens::{self, SignedIn};

const HOSTILE: &str = "<img src=x onerror=\"1\">";

fn changed(change: impl FnOnce(&mut User)) -> String {
    let mut world = World::new("http://127.0.0.1:1", None);
    let pool = world.pools.get_mut(seed::POOL_ID).unwrap();
    let username = pool.find("admin@example.com").unwrap().username.clone();
    let user = pool.user_mut(&username).unwrap();
    change(user);
    let sub = user.sub.clone();
    let (pool, user) = find(&world, &sub).unwrap();
    content(pool, user)
}

#[test]
fn a_session_tells_client_time_level_and_methods() {
    let mut world = World::new("http://127.0.0.1:1", None);
    let pool = world.pools.get_mut(seed::POOL_ID).unwrap();
    let username = pool.find("user@example.com").unwrap().username.clone();
    let client = pool.kept.clients[seed::CLIENT_ID].clone();
    let signed_in = SignedIn {
        username: username.clone(),
        methods: vec![Method::Password, Method::SoftwareToken],
        ..SignedIn::default()
    };
    tokens::sign_in(pool, &client, signed_in).unwrap();
    let html = content(pool, pool.user(&username).unwrap());
    assert!(html.contains(seed::CLIENT_ID) && html.contains("<code>pwd otp mfa</code>"));
    assert!(html.contains("<code>urn:cognito:loa:4</code>"));
    pool.kept.tokens.revoke_all(&username);
    let html = content(pool, pool.user(&username).unwrap());
    assert!(!html.contains(seed::CLIENT_ID));
}

#[test]
fn what_belongs_to_the_user_is_shown_as_text() {
    let html = changed(|user| {
        user.attributes.insert(HOSTILE.to_owned(), HOSTILE.to_owned());
        user.unverified_changes.insert(Contact::Email, HOSTILE.to_owned());
        user.groups.push(HOSTILE.to_owned());
        user.mfa.preferred = Some(MfaFactor::SoftwareTokenMfa);
        user.mfa.authenticator = Some(Authenticator {
            secret: b"secret of the authenticator".to_vec(),
            verified: true,
            friendly_name: Some(HOSTILE.to_owned()),
            last_step: None,
        });
        let device = Device {
            key: HOSTILE.to_owned(),
            group_key: HOSTILE.to_owned(),
            name: Some(HOSTILE.to_owned()),
            salt: "5a17".to_owned(),
            verifier: "7e51f1e5".to_owned(),
            remembered: true,
            created_at: 0,
            modified_at: 0,
            last_authenticated_at: 0,
        };
        user.devices.insert(device.key.clone(), device);
        user.identities.push(Identity {
            provider_name: HOSTILE.to_owned(),
            provider_type: HOSTILE.to_owned(),
            user_id: HOSTILE.to_owned(),
            primary: false,
            created_at: 0,
        });
    });
    assert_eq!(html.matches("&lt;img").count(), 13, "{html}");
    assert!(!html.contains("<img") && !html.contains("7e51f1e5") && !html.contains("secret of"));
    assert!(html.contains("SOFTWARE_TOKEN_MFA") && html.contains("remembered"));
}

#[test]
fn what_there_is_none_of_is_said() {
    let html = changed(|_| ());
    assert_eq!(html.matches("<p class=\"soft\">None</p>").count(), 4);
}
