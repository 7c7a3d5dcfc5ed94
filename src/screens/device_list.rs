//! The devices that the pool remembers.

use yew::prelude::*;

use super::{
    own_list::{Own, Words, use_own_list},
    words::local_time,
};
use crate::{
    auth::{AuthError, Device, EngineHandle},
    ui::{BadgeTone, Item, badge},
};

const WORDS: Words = Words {
    remove: "Forget",
    question: "Forget this device? The next sign-in on it asks for everything again.",
    confirm: "Forget this device",
    keep: "Keep it",
    busy: "Forgetting…",
    done: "The device is forgotten.",
};

impl Own for Device {
    async fn read(engine: EngineHandle) -> Result<Vec<Self>, AuthError> {
        engine.devices().await
    }

    async fn remove(engine: EngineHandle, key: String) -> Result<(), AuthError> {
        engine.forget_device(Some(&key)).await
    }

    fn key(&self) -> &str {
        &self.device_key
    }
}

/// Properties of [`DeviceList`].
#[derive(Properties, Clone, PartialEq)]
pub struct DeviceListProps {
    /// Called when it turns out that the pool remembers no devices: there is nothing to be seen then.
    #[prop_or_default]
    pub on_missing: Callback<()>,
}

/// The devices of the person who is signed in, this one marked, each with a button that has the pool forget it.
#[component]
pub fn DeviceList(props: &DeviceListProps) -> Html {
    let list = use_own_list::<Device>();
    let on_missing = props.on_missing.clone();
    use_effect_with(list.is_missing(), move |is_missing| {
        if *is_missing {
            on_missing.emit(());
        }
    });
    let item = |device: &Device| {
        let last_used = device.last_authenticated_at.or(device.created_at);
        Item {
            key: device.device_key.clone().into(),
            title: name(device),
            badges: match device.is_current {
                true => badge("This device".into(), BadgeTone::Success),
                false => Html::default(),
            },
            detail: last_used.map(|time| ["Last sign-in: ", &local_time(time.as_secs())].concat().into()),
            actions: Html::default(),
        }
    };
    let empty = "No device is remembered.";
    list.section("Devices", &WORDS, item, empty, Html::default())
}

/// What it is called, or where it was last seen.
fn name(device: &Device) -> AttrValue {
    let named = device.attribute("device_name").filter(|name| !name.is_empty());
    match (named, device.attribute("last_ip_used")) {
        (Some(name), _) => name.to_owned().into(),
        (None, Some(address)) => ["Device at ", address].concat().into(),
        (None, None) => "Device".into(),
    }
}
