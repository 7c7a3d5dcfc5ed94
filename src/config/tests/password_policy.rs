//! Passwords and their rules.

use super::*;

#[test]
fn password_rules() {
    use Rule::*;
    let policy = PasswordPolicy {
        min_length: 8,
        require_lowercase: true,
        require_uppercase: true,
        require_numbers: true,
        require_symbols: true,
    };
    let broken = |password: &str| -> Vec<Rule> {
        policy
            .check(password)
            .filter(|(_, met)| !met)
            .map(|(rule, _)| rule)
            .collect()
    };
    assert_eq!(broken("Pa5$word"), []);
    assert_eq!(broken(""), [MinLength(8), Lowercase, Uppercase, Number, Symbol]);
    assert_eq!(broken("Pa5$wor"), [MinLength(8)]);
    assert_eq!(broken("PA5$WORD"), [Lowercase]);
    assert_eq!(broken("pa5$word"), [Uppercase]);
    assert_eq!(broken("Pass$word"), [Number]);
    assert_eq!(broken("Pa55word"), [Symbol]);
    assert_eq!(broken("Pa55 word"), []);
    assert_eq!(broken("Pa55word "), [Symbol, NoOuterSpace]);
    assert_eq!(broken("Pä55wörÄ€"), [Symbol], "no symbol outside AWS's list");
    assert_eq!(broken(&format!("Pa5$word{}", "ü".repeat(248))), []);
    assert_eq!(broken(&format!("Pa5$word{}", "ü".repeat(249))), [MaxLength]);
    for symbol in PASSWORD_SYMBOLS.chars() {
        assert!(policy.accepts(&format!("{symbol}Passw0rd")), "{symbol}");
    }
    assert_eq!(PASSWORD_SYMBOLS.chars().count(), 32);

    let lax = PasswordPolicy {
        min_length: 6,
        require_symbols: false,
        ..policy
    };
    assert!(lax.accepts("Passw0rd"));
    assert!(lax.check("").all(|(rule, _)| rule != Symbol));
}

#[test]
fn password_policy_of_the_file() {
    for min_length in [json!(5), json!(100), json!("8"), json!(-8), json!(8.5)] {
        let file = set(full(), "/auth/password_policy/min_length", min_length);
        assert!(matches!(problem(&file), ConfigProblem::Malformed { path, .. }
            if path == "auth.password_policy.min_length"));
    }
}

#[test]
fn what_the_file_does_not_say_is_left_to_the_pool() {
    let empty = parse(&set(full(), "/auth/password_policy", json!({}))).unwrap();
    let absent = parse(&without(full(), "/auth/password_policy")).unwrap();
    for config in [empty, absent] {
        let policy = config.password_policy;
        assert!(policy.accepts("aaaaaa") && !policy.accepts("aaaaa"));
        assert!(!policy.accepts(" aaaaaa"));
    }
}
