//! The vault in IndexedDB. A record's key is a hash of the name, since names hold user names; its value is sealed
//! with a key that WebCrypto does not give out. So neither names nor secrets can be read from the disk's files or
//! from a script's export, though a script of the same origin could use the key in place.

use std::{pin::pin, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use futures::{
    FutureExt,
    future::{Either, LocalBoxFuture, select},
};
use sha2::{Digest, Sha256};
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

use super::{BrowserTimer, indexed_db::Connection, seal::Sealer};
use crate::ports::{Timer, Vault, VaultUnavailable};

/// A sign-in waits no longer for storage that does not answer.
const LIMIT: Duration = Duration::from_secs(3);

pub(super) struct IndexedDbVault;

impl Vault for IndexedDbVault {
    fn load(&self, name: &str) -> LocalBoxFuture<'static, Option<Zeroizing<String>>> {
        let key = record_key(name);
        async move { in_time(load(&key)).await.ok().flatten() }.boxed_local()
    }

    fn save(
        &self,
        name: &str,
        value: Zeroizing<String>,
    ) -> LocalBoxFuture<'static, Result<(), VaultUnavailable>> {
        let key = record_key(name);
        async move { in_time(save(&key, &value)).await }.boxed_local()
    }

    fn remove(&self, name: &str) -> LocalBoxFuture<'static, ()> {
        let key = record_key(name);
        async move {
            let _ = in_time(remove(&key)).await;
        }
        .boxed_local()
    }
}

fn record_key(name: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(name))
}

async fn in_time<T>(operation: impl Future<Output = Result<T, JsValue>>) -> Result<T, VaultUnavailable> {
    match select(pin!(operation), BrowserTimer.sleep(LIMIT)).await {
        Either::Left((result, _)) => result.map_err(|_| VaultUnavailable),
        Either::Right(_) => Err(VaultUnavailable),
    }
}

async fn load(key: &str) -> Result<Option<Zeroizing<String>>, JsValue> {
    let sealer = Sealer::new().ok_or(JsValue::UNDEFINED)?;
    let connection = Connection::open().await?;
    let record_key = JsValue::from_str(key);
    let record = connection.get(&record_key).await?;
    if record.is_undefined() {
        return Ok(None);
    }
    match sealer.open(key, record).await {
        Ok(secret) => Ok(Some(secret)),
        // Damaged: it will never open again.
        Err(_) => connection.delete(&record_key).await.map(|()| None),
    }
}

async fn save(key: &str, value: &str) -> Result<(), JsValue> {
    let sealer = Sealer::new().ok_or(JsValue::UNDEFINED)?;
    // Sealed first: a transaction does not wait for WebCrypto.
    let sealed = sealer.seal(key, value).await?;
    let connection = Connection::open().await?;
    connection.put(&JsValue::from_str(key), &sealed).await
}

async fn remove(key: &str) -> Result<(), JsValue> {
    Connection::open().await?.delete(&JsValue::from_str(key)).await
}
