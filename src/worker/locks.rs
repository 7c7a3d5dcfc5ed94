//! The Web Locks API, which web-sys has as unstable only (W3C, Web Locks API, section 3).

use futures::{
    FutureExt,
    channel::oneshot,
    future::{Either, LocalBoxFuture, select},
};
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        callback: &Function,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn query(this: &LockManager) -> Result<Promise, JsValue>;
}

/// There are no locks: an old browser, a page that is not secure, an origin without storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoLocks;

/// Takes the lock `name`, for as long as this page or worker lives. The future that it returns ends only if a script
/// takes the lock away (`steal`).
///
/// # Errors
/// [`NoLocks`].
pub(crate) async fn hold(name: &str) -> Result<LocalBoxFuture<'static, ()>, NoLocks> {
    let (held, is_held) = oneshot::channel();
    let granted = Closure::once_into_js(move || {
        let _ = held.send(());
        // Held until this promise is settled: never.
        Promise::new(&mut |_, _| {})
    });
    let request = JsFuture::from(request(name, "exclusive", &granted)?);
    match select(is_held, request).await {
        Either::Left((Ok(()), request)) => Ok(request.map(drop).boxed_local()),
        _ => Err(NoLocks),
    }
}

/// Waits until whoever holds the lock `name` is gone. All who wait for it are told at once: one of them that is busy or
/// frozen keeps it from nobody.
///
/// # Errors
/// [`NoLocks`].
pub(crate) async fn gone(name: &str) -> Result<(), NoLocks> {
    let granted = Closure::once_into_js(|| {});
    JsFuture::from(request(name, "shared", &granted)?)
        .await
        .map(drop)
        .map_err(|_| NoLocks)
}

/// The names of the locks that are held in this origin; none where that cannot be told.
pub(crate) async fn held() -> Vec<String> {
    names().await.unwrap_or_default()
}

async fn names() -> Result<Vec<String>, JsValue> {
    let found = JsFuture::from(manager().map_err(|NoLocks| JsValue::UNDEFINED)?.query()?).await?;
    let held = Reflect::get(&found, &"held".into())?.dyn_into::<Array>()?;
    let name = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
    Ok(held.iter().filter_map(name).collect())
}

fn request(name: &str, mode: &str, granted: &JsValue) -> Result<Promise, NoLocks> {
    let options = Object::new();
    Reflect::set(&options, &"mode".into(), &mode.into()).map_err(|_| NoLocks)?;
    manager()?
        .request(name, &options, granted.unchecked_ref())
        .map_err(|_| NoLocks)
}

fn manager() -> Result<LockManager, NoLocks> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).map_err(|_| NoLocks)?;
    let locks = Reflect::get(&navigator, &"locks".into()).map_err(|_| NoLocks)?;
    match locks.is_object() {
        true => Ok(locks.unchecked_into()),
        false => Err(NoLocks),
    }
}
