//! Starts and stops the server.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::thread::{self, JoinHandle};

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;
use tower::ServiceExt as _;

use crate::app::App;
use crate::{http, seed};

/// The port of the binary if none is given.
pub const DEFAULT_PORT: u16 = 9229;

/// How to start a [`Server`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Whether to print a line for each operation on standard output.
    pub log: bool,
}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program listens there.
    #[error("port {0} is taken: stop what listens there, or choose another with --port")]
    PortTaken(u16),
    /// Any other failure to listen or to start the thread.
    #[error("the server could not start: {0}")]
    Io(#[from] std::io::Error),
}

/// A user pool that is served until this is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a pool with the seeded users on a thread of its own, and returns once it listens.
    ///
    /// # Errors
    /// If the port is taken or the system refuses.
    pub fn start(options: Options) -> Result<Self, StartError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).map_err(|error| {
            if error.kind() == ErrorKind::AddrInUse {
                StartError::PortTaken(options.port)
            } else {
                error.into()
            }
        })?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let app = App::new(address.port(), options.log);
        app.world().prepare_keys();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("local-pool".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        () = serve(listener, app) => {}
                        _ = stopped => {}
                    }
                });
                // Requests that are delayed or half read are not waited for.
                runtime.shutdown_background();
            })?;
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The endpoint to give to a client instead of `https://cognito-idp.REGION.amazonaws.com`, without a
    /// slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The `iss` of its tokens.
    pub fn issuer(&self) -> String {
        format!("{}/{}", self.url(), seed::POOL_ID)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // It fails only if the thread has ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn serve(listener: TcpListener, app: App) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let router = http::router(app);
    loop {
        // A connection that breaks while it is accepted concerns nobody else.
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let router = router.clone();
        let service = hyper::service::service_fn(move |request| {
            let router = router.clone();
            async move {
                let Ok(response) = router.oneshot(request).await;
                http::unless_dropped(response)
            }
        });
        // An error ends the connection, which is what an injected "drop" is for.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}
