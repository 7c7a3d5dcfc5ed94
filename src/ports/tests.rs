use futures::executor::block_on;
use zeroize::Zeroizing;

use super::{MemoryVault, Vault};

fn save(vault: &MemoryVault, name: &str, value: &str) {
    block_on(vault.save(name, Zeroizing::new(value.to_owned()))).unwrap();
}

fn load(vault: &MemoryVault, name: &str) -> Option<String> {
    block_on(vault.load(name)).map(|value| value.as_str().to_owned())
}

#[test]
fn each_name_has_the_value_last_saved() {
    let vault = MemoryVault::default();
    assert_eq!(load(&vault, "ada"), None);
    save(&vault, "ada", "one");
    save(&vault, "grace", "two");
    save(&vault, "ada", "three");
    assert_eq!(load(&vault, "ada").as_deref(), Some("three"));
    assert_eq!(load(&vault, "grace").as_deref(), Some("two"));
}

#[test]
fn what_is_removed_is_gone_and_nothing_else_is() {
    let vault = MemoryVault::default();
    save(&vault, "ada", "one");
    save(&vault, "grace", "two");
    block_on(vault.remove("ada"));
    block_on(vault.remove("nobody"));
    assert_eq!(load(&vault, "ada"), None);
    assert_eq!(load(&vault, "grace").as_deref(), Some("two"));
}

#[test]
fn debug_output_shows_neither_names_nor_values() {
    let vault = MemoryVault::default();
    save(&vault, "ada", "one");
    assert_eq!(format!("{vault:?}"), "MemoryVault([redacted])");
}
