use super::*;
use crate::token::Password;

#[test]
fn the_vocabulary_crosses_a_boundary_as_json() {
    let command = Command::SignIn(SignInRequest {
        username: "a".to_owned(),
        password: Some(Password::from("b".to_owned())),
        ..SignInRequest::default()
    });
    let there = serde_json::to_string(&command).unwrap();
    let back: Command = serde_json::from_str(&there).unwrap();
    let Command::SignIn(back) = back else {
        panic!("{back:?}")
    };
    assert_eq!(back.username, "a");
    assert_eq!(back.password.unwrap().expose(), "b");
    let event = Event::Session(SessionState::SignedOut {
        why: SignedOutWhy::SessionEnded,
    });
    let back: Event = serde_json::from_str(&serde_json::to_string(&event).unwrap()).unwrap();
    assert_eq!(back, event);
}

#[test]
fn a_snapshot_takes_in_news_only() {
    let mut snapshot = Snapshot::default();
    assert!(snapshot.apply(&Event::Online(false)));
    assert!(!snapshot.apply(&Event::Online(false)));
    assert!(snapshot.apply(&Event::Service(Service::Reachable)));
    assert_eq!((snapshot.online, snapshot.service), (false, Service::Reachable));
}
