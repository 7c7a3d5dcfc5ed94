//! Version numbers of tools and crates.

/// The numbers of the first dotted version in a text such as `trunk 0.21.14` or `v20.20.2`.
pub fn parse(text: &str) -> Option<[u64; 3]> {
    text.split_whitespace().find_map(|word| {
        let word = word.strip_prefix('v').unwrap_or(word);
        let mut numbers = word.split(['.', '-', '+']);
        let mut next = || numbers.next()?.parse().ok();
        Some([next()?, next()?, next()?])
    })
}

/// The version of a package in the text of Cargo.lock.
pub fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_tools_print() {
        assert_eq!(parse("trunk 0.21.14"), Some([0, 21, 14]));
        assert_eq!(parse("v20.20.2"), Some([20, 20, 2]));
        assert_eq!(parse("trunk 0.22.0-beta.2"), Some([0, 22, 0]));
        assert_eq!(parse("error: no such command"), None);
        assert!(parse("trunk 0.9.0") < parse("trunk 0.21.14"));
    }

    #[test]
    fn the_lock_file_names_one_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n\n\
                    [[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked(lock, "wasm"), None);
    }
}
