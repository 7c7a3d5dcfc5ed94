use super::*;

#[test]
fn the_address_of_the_hosted_logout() {
    for back in [
        "https://app.example/",
        "https://app.example/bye?from=a&b=c+d#e",
        "myapp://bye",
        "https://app.example/ä%20",
    ] {
        let address = ::url::Url::parse(&logout_url(&oauth(), &client(), back)).unwrap();
        assert_eq!(address.origin().ascii_serialization(), DOMAIN);
        assert_eq!((address.path(), address.fragment()), ("/logout", None));
        assert_eq!(
            pairs(address.query().unwrap()),
            [
                ("client_id".to_owned(), client().as_str().to_owned()),
                ("logout_uri".to_owned(), back.to_owned())
            ]
        );
    }
}
