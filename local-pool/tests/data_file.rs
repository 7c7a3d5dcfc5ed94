//! Pools that outlive their server.
// The lints spare test functions by themselves, but not what they call.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]
// Each test program uses a part of the support.
#![allow(dead_code)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use local_pool::{DataError, Options, Server, StartError};
use serde_json::{Value, json};
use support::Pool;

/// A folder of its own, which is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("local-pool-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("pool.json")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn start(data: &Path) -> Result<Pool, StartError> {
    let server = Server::start(Options {
        data: Some(data.to_owned()),
        ..Options::default()
    });
    server.map(|server| Pool { server })
}

fn refresh(tokens: &Value) -> Value {
    json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": {"REFRESH_TOKEN": tokens["RefreshToken"]},
    })
}

#[test]
fn users_sessions_and_keys_outlive_a_restart_and_end_with_a_reset() {
    let folder = Folder::new("restart");
    let pool = start(&folder.file()).unwrap();
    pool.control(
        "users",
        &json!({"email": "ada@example.com", "password": "Analytical-1!"}),
    );
    let tokens = pool.sign_in("ada@example.com", "Analytical-1!")["AuthenticationResult"].clone();
    let keys = pool.get("/us-east-1_LocalPool/.well-known/jwks.json").json();
    pool.server.stop().unwrap();
    let text = fs::read_to_string(folder.file()).unwrap();
    assert!(text.contains("ada@example.com"));
    assert!(!text.contains("Analytical-1!") && !text.contains("Sunflower-42!"));
    assert!(!text.contains(tokens["RefreshToken"].as_str().unwrap()));

    let pool = start(&folder.file()).unwrap();
    let introduction = pool.server.introduction();
    assert!(introduction.contains("Users      4"), "{introduction}");
    assert!(!introduction.contains("Note"), "{introduction}");
    assert_eq!(
        pool.get("/us-east-1_LocalPool/.well-known/jwks.json").json(),
        keys
    );
    let renewed = pool.ok("InitiateAuth", refresh(&tokens))["AuthenticationResult"].clone();
    let own = pool.ok("GetUser", json!({"AccessToken": renewed["AccessToken"]}));
    assert!(own["UserAttributes"].to_string().contains("ada@example.com"));
    pool.sign_in("ada@example.com", "Analytical-1!");

    pool.control("reset", &json!({}));
    assert_eq!(
        pool.refused("InitiateAuth", refresh(&tokens)).0,
        "NotAuthorizedException"
    );
    drop(pool);
    let pool = start(&folder.file()).unwrap();
    assert!(pool.server.introduction().contains("Users      3"));
    pool.sign_in("user@example.com", "Sunflower-42!");
}

#[test]
fn changes_are_written_while_the_server_runs() {
    let folder = Folder::new("running");
    let pool = start(&folder.file()).unwrap();
    pool.control(
        "users",
        &json!({"email": "ada@example.com", "password": "Analytical-1!"}),
    );
    let begun = Instant::now();
    let is_written = || fs::read_to_string(folder.file()).is_ok_and(|text| text.contains("ada@example.com"));
    while !is_written() {
        assert!(begun.elapsed() < Duration::from_secs(60), "not written");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn the_file_comes_before_the_seed_and_a_changed_seed_is_told() {
    let folder = Folder::new("seed");
    let seed = folder.0.join("seed.toml");
    let options = || Options {
        data: Some(folder.file()),
        seed: Some(seed.clone()),
        ..Options::default()
    };
    let text = "[[pools]]\nid = \"eu-west-1_Mine\"\n";
    fs::write(&seed, text).unwrap();
    drop(Server::start(options()).unwrap());
    fs::write(&seed, text.replace("Mine", "Yours")).unwrap();
    let server = Server::start(options()).unwrap();
    let introduction = server.introduction();
    assert!(introduction.contains("eu-west-1_Mine"), "{introduction}");
    assert!(introduction.contains("began with another seed"), "{introduction}");
    let pool = Pool { server };
    pool.control("reset", &json!({}));
    drop(pool);
    let server = Server::start(options()).unwrap();
    let introduction = server.introduction();
    assert!(
        introduction.contains("eu-west-1_Yours") && !introduction.contains("Note"),
        "{introduction}"
    );
}

#[test]
fn a_file_in_use_or_damaged_is_refused() {
    let folder = Folder::new("refused");
    let pool = start(&folder.file()).unwrap();
    let second = start(&folder.file()).map(|_| ()).unwrap_err();
    assert!(
        matches!(second, StartError::Data(DataError::InUse(_))),
        "{second}"
    );
    drop(pool);
    fs::write(folder.file(), "{\"version\": 1").unwrap();
    let damaged = start(&folder.file()).map(|_| ()).unwrap_err();
    assert!(
        matches!(damaged, StartError::Data(DataError::Damaged { .. })),
        "{damaged}"
    );
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), "{\"version\": 1");
}
