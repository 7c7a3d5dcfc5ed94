//! Starts and stops the server.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;
use tower::ServiceExt as _;

use crate::app::{self, App};
use crate::data::DataError;
use crate::seed::{self, SeedError};
use crate::{beginning, http};

/// The port of the binary if none is given.
pub const DEFAULT_PORT: u16 = 9229;

/// How to start a [`Server`].
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Whether to print a line for each operation on standard output.
    pub log: bool,
    /// The seed file that the pools begin with; without one the built-in seed.
    pub seed: Option<PathBuf>,
    /// The file that keeps the pools over restarts. Once it exists the seed only serves resets.
    pub data: Option<PathBuf>,
    /// What everything random follows from: ids, codes, tokens and keys are then no secrets.
    pub random_seed: Option<u64>,
    /// Where the clock stands still from the start and after resets, in seconds since the epoch.
    pub freeze_at: Option<i64>,
}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program listens there.
    #[error("port {0} is taken: stop what listens there, or choose another with --port")]
    PortTaken(u16),
    /// The seed file cannot be used.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The data file cannot be used.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Any other failure to listen or to start the thread.
    #[error("the server could not start: {0}")]
    Io(#[from] std::io::Error),
}

/// A user pool that is served until this is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), DataError>>>,
    introduction: String,
}

impl Server {
    /// Starts the pools on a thread of its own, and returns once it listens.
    ///
    /// # Errors
    /// If the port is taken, the seed or data file cannot be used, or the system refuses.
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
        let (beginning, introduction) = beginning::of(&options, address.port())?;
        let app = App::new(beginning, address.port(), options.log);
        app.world().prepare_keys();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("local-pool".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        () = serve(listener, app.clone()) => {}
                        () = app.keep_saving() => {}
                        _ = stopped => {}
                    }
                });
                // Requests that are delayed or half read are not waited for.
                runtime.shutdown_background();
                let saved = app.save();
                app.end_log();
                saved
            })?;
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
            introduction,
        })
    }

    /// Pools, clients and users of the start, a line each; the seed's passwords are among it.
    pub fn introduction(&self) -> &str {
        &self.introduction
    }

    /// Ends the server, as dropping it does, and tells whether the data file was written.
    ///
    /// # Errors
    /// If it could not be.
    pub fn stop(mut self) -> Result<(), DataError> {
        self.end()
    }

    fn end(&mut self) -> Result<(), DataError> {
        if let Some(stop) = self.stop.take() {
            // It fails only if the thread has ended already.
            let _ = stop.send(());
        }
        let ended = self.thread.take().map(JoinHandle::join);
        ended.and_then(Result::ok).unwrap_or(Ok(()))
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
        if let Err(error) = self.end() {
            app::warn(&error);
        }
    }
}

/// How long the server waits after it could not accept a connection.
const BREATH: Duration = Duration::from_millis(50);

async fn serve(listener: TcpListener, app: App) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let router = http::router(app);
    loop {
        // A connection that breaks while it is accepted concerns nobody else.
        let Ok((stream, _)) = listener.accept().await else {
            // Where the system has no more files to give, the next attempt would fail at once too.
            tokio::time::sleep(BREATH).await;
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
