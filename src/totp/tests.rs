use super::*;
use crate::token::OtpauthUri;

fn secret(text: &str) -> TotpSecret {
    TotpSecret::from(text.to_owned())
}

fn uri(issuer: &str, account: &str) -> String {
    setup_uri(&secret("JBSWY3DPEHPK3PXP"), issuer, account)
        .expose()
        .to_owned()
}

#[test]
fn the_formats_own_examples() {
    assert_eq!(
        uri("Example", "alice@google.com"),
        "otpauth://totp/Example:alice@google.com?secret=JBSWY3DPEHPK3PXP&issuer=Example"
    );
    let acme = setup_uri(
        &secret("HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ"),
        "ACME Co",
        "john.doe@email.com",
    );
    assert_eq!(
        acme.expose(),
        "otpauth://totp/ACME%20Co:john.doe@email.com?secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ&issuer=ACME%20Co"
    );
}

#[test]
fn either_name_may_be_missing() {
    for issuer in ["", " "] {
        assert_eq!(
            uri(issuer, "alice"),
            "otpauth://totp/alice?secret=JBSWY3DPEHPK3PXP"
        );
    }
    assert_eq!(
        uri("Example", ""),
        "otpauth://totp/Example?secret=JBSWY3DPEHPK3PXP&issuer=Example"
    );
}

#[test]
fn names_cannot_reach_beyond_their_place() {
    assert_eq!(
        uri("A&B=C?#/%", "ü:+1 2\u{7}"),
        "otpauth://totp/A%26B%3DC%3F%23%2F%25:%C3%BC-%2B1%202%07?secret=JBSWY3DPEHPK3PXP\
         &issuer=A%26B%3DC%3F%23%2F%25"
    );
    assert_eq!(
        uri(" Shop:Berlin ", "de:alice:2"),
        "otpauth://totp/Shop-Berlin:de-alice-2?secret=JBSWY3DPEHPK3PXP&issuer=Shop-Berlin"
    );
}

#[test]
fn padding_is_left_out() {
    assert_eq!(
        setup_uri(&secret("MZXW6YTB==="), "", "a").expose(),
        "otpauth://totp/a?secret=MZXW6YTB"
    );
    assert_eq!(grouped(&secret("MZXW6YTBOI======")), "MZXW 6YTB OI");
}

#[test]
fn groups_of_four() {
    assert_eq!(grouped(&secret("JBSWY3DPEHPK3PXP")), "JBSW Y3DP EHPK 3PXP");
    assert_eq!(grouped(&secret("ABC")), "ABC");
    assert_eq!(grouped(&secret("")), "");
}

/// The modules that a path paints dark, row by row.
fn painted(code: &Qr) -> Vec<Vec<bool>> {
    let side = usize::try_from(code.size).unwrap();
    let mut rows = vec![vec![false; side]; side];
    let form = regex::Regex::new(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z").unwrap();
    let mut read = 0;
    for run in form.captures_iter(&code.path) {
        let number = |i: usize| run[i].parse::<usize>().unwrap();
        assert_eq!(number(3), number(4));
        let end = number(1) + number(3);
        for dark in &mut rows[number(2)][number(1)..end] {
            assert!(!std::mem::replace(dark, true));
        }
        read += run[0].len();
    }
    assert_eq!(read, code.path.len());
    rows
}

/// What a camera reads off the drawn path: 4 dots a module, with the quiet zone.
fn scanned(code: &Qr) -> String {
    let rows = painted(code);
    let dots = (rows.len() + 8) * 4;
    let mut image = rqrr::PreparedImage::prepare_from_bitmap(dots, dots, |x, y| {
        let module = |dot: usize| (dot / 4).checked_sub(4);
        let row = module(y).and_then(|y| rows.get(y));
        module(x)
            .zip(row)
            .and_then(|(x, row)| row.get(x))
            .is_some_and(|dark| *dark)
    });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

#[test]
fn a_camera_reads_the_uri() {
    let longest = "ü".repeat(64);
    for (issuer, account) in [
        ("Example", "alice@example.com"),
        ("", "+491701234567"),
        ("Café & Söhne", longest.as_str()),
    ] {
        let secret = secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA");
        let uri = setup_uri(&secret, issuer, account);
        let code = qr(&uri).unwrap();
        assert_eq!(scanned(&code), uri.expose());
    }
}

#[test]
fn runs_are_merged() {
    let code = qr(&OtpauthUri::from("otpauth://totp/a?secret=MZXW6YTB".to_owned())).unwrap();
    assert_eq!(code.size, 29);
    // The upper edges of the two upper finder patterns.
    assert!(code.path.starts_with("M0 0h7v1h-7z"));
    assert!(code.path.contains("M22 0h7v1h-7z"));
    let longest = qr(&OtpauthUri::from("a".repeat(2331))).unwrap();
    assert_eq!(longest.size, 177);
    // Grown texts leave copies of the secret behind.
    assert_eq!(longest.path.capacity(), 177 * 177 * 8);
}

#[test]
fn too_long_for_any_code() {
    assert_eq!(qr(&OtpauthUri::from("a".repeat(2332))), None);
}

#[test]
fn nothing_shows_the_secret() {
    let uri = setup_uri(&secret("JBSWY3DPEHPK3PXP"), "Example", "alice");
    let code = qr(&uri).unwrap();
    assert_eq!(
        format!("{:?} {uri:?}", secret("JBSWY3DPEHPK3PXP")),
        "[redacted] [redacted]"
    );
    assert_eq!(format!("{code:?}"), format!("Qr {{ size: {}, .. }}", code.size));
}
