//! A service that knows its callers by a user pool's access tokens, and that only administrators may ask for everything.
//!
//! ```sh
//! ISSUER=http://127.0.0.1:9229/us-east-1_LocalPool CLIENT_ID=localspaclient000000000001 \
//! ORIGIN=http://localhost:8080 cargo run --no-default-features --example orders_api
//! ```
//!
//! `ISSUER` and `CLIENT_ID` say whose tokens count, and `ORIGIN` whose pages may call it. `docs/roles.md` says more.

mod access;
mod api;

use std::{env, sync::Arc};

use access::Access;
use api::AnyError;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), AnyError> {
    let setting = |name| env::var(name).map_err(|_| [name, " is not set"].concat());
    let access = Access::new(setting("ISSUER")?, setting("CLIENT_ID")?);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("http://{}/orders", listener.local_addr()?);
    api::serve(listener, Arc::new(access), &setting("ORIGIN")?).await
}
