use serde_json::json;
use yew_cognito::{
    cognito::Device,
    engine::{AccountCommand as C, AuthError, Command, SessionState, SignOutScope, SignedOutWhy},
    ports::Vault,
};

use super::{RENEW, USER, attribute, claims, done, execute, now, on_another_page, tell};
use crate::support::{World, service_error};

/// A pool that remembers devices at once.
fn world() -> World {
    let mut world = World::new();
    world.control("pool", json!({"devices": {}}));
    world.sign_in_user();
    world
}

fn devices(world: &mut World) -> Vec<Device> {
    tell!(world, C::Devices, Devices).unwrap()
}

/// The name under which this device's secret is kept.
fn kept_name() -> String {
    ["device", local_pool::POOL_ID, local_pool::CLIENT_ID, USER].join("/")
}

fn is_kept(world: &World) -> bool {
    futures::executor::block_on(world.vault.load(&kept_name())).is_some()
}

/// The person signs in on another device; hands out the first one's engine.
fn on_another_device(world: &mut World) -> yew_cognito::engine::Engine {
    futures::executor::block_on(world.vault.remove(&kept_name()));
    on_another_page(world)
}

fn forget_this(world: &mut World) -> Result<(), AuthError> {
    done(world, C::ForgetDevice(None))
}

#[test]
fn devices_are_listed_and_this_one_is_marked() {
    let mut world = world();
    let _first = on_another_device(&mut world);
    let listed = devices(&mut world);
    assert_eq!(listed.len(), 2);
    assert_eq!(listed.iter().filter(|device| device.is_current).count(), 1);
    let this = listed.iter().find(|device| device.is_current).unwrap();
    assert_eq!(
        world.wire.last("ConfirmDevice")["DeviceKey"],
        this.device_key.as_str()
    );
    assert_eq!(this.attribute("device_status"), Some("valid"));
    assert_eq!(this.attribute("colour"), None);
    let now = now(&world);
    assert!(now.abs_diff(this.created_at.unwrap().as_secs()) < 60);
    assert_eq!(
        &tell!(&mut world, C::Device(this.device_key.clone()), Device).unwrap(),
        this
    );
}

#[test]
fn all_pages_are_listed() {
    let mut world = world();
    let _first = on_another_device(&mut world);
    // The pool's pages begin behind the device that the token names.
    world.wire.patch("ListDevices", |body| {
        let list = body["Devices"].as_array_mut().unwrap();
        list.truncate(1);
        body["PaginationToken"] = list[0]["DeviceKey"].clone();
    });
    assert_eq!(devices(&mut world).len(), 2);
    assert_eq!(world.sent("ListDevices"), 2);
}

#[test]
fn a_device_that_there_is_not_is_gone_already() {
    let mut world = world();
    let key = "us-east-1_0f2c1a4e-6f3e-4a55-9d0f-2a0a3c1b7d11".to_owned();
    assert_eq!(
        tell!(&mut world, C::Device(key.clone()), Device),
        Err(AuthError::AlreadyGone)
    );
    assert_eq!(
        done(&mut world, C::ForgetDevice(Some(key))),
        Err(AuthError::AlreadyGone)
    );
    assert!(is_kept(&world));
}

#[test]
fn pools_that_remember_no_devices_say_so() {
    let mut world = World::new();
    world.sign_in_user();
    let error = execute(&mut world, C::Devices).unwrap_err();
    assert!(matches!(error, AuthError::Misconfigured(_)), "{error:?}");
    assert_eq!(forget_this(&mut world), Err(AuthError::AlreadyGone));
    assert_eq!(world.sent("ForgetDevice"), 0);
}

#[test]
fn this_device_is_forgotten_and_its_session_lasts_as_long_as_its_tokens() {
    let mut world = world();
    assert!(is_kept(&world));
    assert_eq!(forget_this(&mut world), Ok(()));
    assert!(!is_kept(&world));
    assert!(devices(&mut world).is_empty());
    assert_eq!(forget_this(&mut world), Err(AuthError::AlreadyGone));

    // A change is not followed by a renewal, which would end the session.
    let update = C::UpdateAttributes(vec![attribute("given_name", "Ada")]);
    execute(&mut world, update).unwrap();
    assert_eq!((claims(&world).given_name, world.sent(RENEW)), (None, 0));

    let error = world.execute(Command::Refresh).unwrap_err();
    assert_eq!(error, AuthError::NotSignedIn);
    assert!(world.wire.last(RENEW).get("DeviceKey").is_none());
    assert_eq!(
        world.session(),
        SessionState::SignedOut {
            why: SignedOutWhy::SessionEnded
        }
    );

    world.sign_in_user();
    assert_eq!(devices(&mut world).len(), 1);
    world.execute(Command::Refresh).unwrap();
}

#[test]
fn this_device_is_forgotten_by_its_key_as_well() {
    let mut world = world();
    let key = devices(&mut world)[0].device_key.clone();
    assert_eq!(done(&mut world, C::ForgetDevice(Some(key))), Ok(()));
    assert!(!is_kept(&world));
}

#[test]
fn the_question_whether_to_remember_a_forgotten_device_is_settled() {
    let mut world = World::new();
    world.control(
        "pool",
        json!({"devices": {"only_remembered_on_user_prompt": true}}),
    );
    world.sign_in_user();
    let asks = |world: &World| match world.session() {
        SessionState::SignedIn(session) => session.asks_to_remember_device,
        state => panic!("{state:?}"),
    };
    assert!(asks(&world));
    assert_eq!(forget_this(&mut world), Ok(()));
    assert!(!asks(&world));
}

#[test]
fn a_device_forgotten_elsewhere_is_signed_out_at_its_next_renewal() {
    let mut world = world();
    let first = on_another_device(&mut world);
    let theirs = devices(&mut world)
        .into_iter()
        .find(|device| !device.is_current)
        .unwrap();
    assert_eq!(done(&mut world, C::ForgetDevice(Some(theirs.device_key))), Ok(()));
    world.execute(Command::Refresh).unwrap();
    assert!(is_kept(&world));
    world.engine = first;
    assert_eq!(
        world.execute(Command::Refresh).unwrap_err(),
        AuthError::NotSignedIn
    );
}

#[test]
fn a_renewal_that_knows_no_such_device_ends_the_session_and_forgets_the_device() {
    let mut world = world();
    world.answer(
        RENEW,
        1,
        service_error("ResourceNotFoundException", "Device does not exist."),
    );
    assert_eq!(
        world.execute(Command::Refresh).unwrap_err(),
        AuthError::NotSignedIn
    );
    assert!(!world.is_signed_in());
    assert!(!is_kept(&world));
}

#[test]
fn a_deleted_user_leaves_no_device_behind() {
    let mut world = world();
    done(&mut world, C::DeleteUser).unwrap();
    assert!(!is_kept(&world));
}

#[test]
fn signing_out_leaves_the_device_remembered() {
    let mut world = world();
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
    assert!(is_kept(&world));
    world.sign_in_user();
    assert_eq!(devices(&mut world).len(), 1);
    assert!(devices(&mut world)[0].is_current);
}
