//! One object store in IndexedDB: opened for each use and closed after it, so that no tab keeps another from
//! deleting the database.

use futures::channel::oneshot;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStore, IdbRequest, IdbTransactionMode};

use super::global;

const DATABASE: &str = "yew-cognito";
const STORE: &str = "vault";

/// A connection, closed when dropped.
pub(super) struct Connection(IdbDatabase);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Connection {
    /// Opens the database, making it on the first visit. The browser may not answer for as long as another tab is
    /// deleting it.
    pub async fn open() -> Result<Self, JsValue> {
        let (sender, connection) = oneshot::channel();
        // On its own, so that a connection that comes after the caller gave up is closed.
        spawn_local(async move {
            let _ = sender.send(open().await);
        });
        connection.await.unwrap_or(Err(JsValue::UNDEFINED))
    }

    /// What is stored under `key`; undefined if nothing is.
    pub async fn get(&self, key: &JsValue) -> Result<JsValue, JsValue> {
        self.transact(IdbTransactionMode::Readonly, |store| store.get(key))
            .await
    }

    /// Stores `value` under `key`.
    pub async fn put(&self, key: &JsValue, value: &JsValue) -> Result<(), JsValue> {
        self.transact(IdbTransactionMode::Readwrite, |store| {
            store.put_with_key(value, key)
        })
        .await
        .map(drop)
    }

    /// Deletes what is stored under `key`.
    pub async fn delete(&self, key: &JsValue) -> Result<(), JsValue> {
        self.transact(IdbTransactionMode::Readwrite, |store| store.delete(key))
            .await
            .map(drop)
    }

    /// The result of one request, once its transaction is complete.
    async fn transact(
        &self,
        mode: IdbTransactionMode,
        request: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
    ) -> Result<JsValue, JsValue> {
        let transaction = self.0.transaction_with_str_and_mode(STORE, mode)?;
        let request = request(&transaction.object_store(STORE)?)?;
        // A failed request aborts its transaction, and a full disk does so when all requests have succeeded.
        JsFuture::from(Promise::new(&mut |complete, abort| {
            transaction.set_oncomplete(Some(&complete));
            transaction.set_onabort(Some(&abort));
        }))
        .await?;
        request.result()
    }
}

async fn open() -> Result<Connection, JsValue> {
    let factory: IdbFactory = global("indexedDB").ok_or(JsValue::UNDEFINED)?;
    let request = factory.open(DATABASE)?;
    let upgrade = Closure::once({
        let request = request.clone();
        move || -> Result<(), JsValue> {
            let database: IdbDatabase = request.result()?.unchecked_into();
            database.create_object_store(STORE).map(drop)
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    JsFuture::from(Promise::new(&mut |success, error| {
        request.set_onsuccess(Some(&success));
        request.set_onerror(Some(&error));
    }))
    .await?;
    Ok(Connection(request.result()?.unchecked_into()))
}
