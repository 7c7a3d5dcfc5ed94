//! What was asked and answered, kept in a file for a check against AWS's service model.

use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest as _, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::app::App;
use crate::http::text;
use crate::operations;

/// The environment variable that names the directory.
const VARIABLE: &str = "LOCAL_POOL_RECORD";

static SERVERS: AtomicU64 = AtomicU64::new(0);

/// Marks a response that an injected fault made or spoiled.
#[derive(Clone)]
pub(crate) struct Faulted;

/// The file of one server, made at its first exchange.
pub(crate) struct Recording {
    path: PathBuf,
    file: Mutex<Option<File>>,
}

impl Recording {
    /// A recording if the environment asks for one; no two servers have the same file.
    pub(crate) fn wanted() -> Option<Self> {
        let directory = env::var_os(VARIABLE).filter(|directory| !directory.is_empty())?;
        let number = SERVERS.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{number}.jsonl", std::process::id());
        Some(Self {
            path: PathBuf::from(directory).join(name),
            file: Mutex::new(None),
        })
    }

    fn append(&self, exchange: &Value) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let file = match &mut *file {
            Some(file) => file,
            none => {
                if let Some(directory) = self.path.parent() {
                    fs::create_dir_all(directory)?;
                }
                none.insert(private_file().open(&self.path)?)
            }
        };
        // In one piece: whoever reads while the server is killed finds whole lines.
        file.write_all(format!("{exchange}\n").as_bytes())
    }
}

/// A file to append to that nobody else can read, where the system knows such a thing.
fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Lets the request through and appends what it was answered, if there is a recording.
pub(crate) async fn record(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(recording) = &app.recording else {
        return next.run(request).await;
    };
    let (parts, body) = request.into_parts();
    let headers = parts.headers.clone();
    // As the handler would read it, with the same limit.
    let read = Bytes::from_request(Request::from_parts(parts.clone(), body), &()).await;
    let (asked, response) = match read {
        Ok(bytes) => {
            let request = Request::from_parts(parts, Body::from(bytes.clone()));
            (bytes, next.run(request).await)
        }
        Err(refused) => (Bytes::new(), refused.into_response()),
    };
    let (parts, body) = response.into_parts();
    let Ok(answered) = to_bytes(body, usize::MAX).await else {
        return Response::from_parts(parts, Body::empty());
    };
    let exchange = json!({
        "operation": operations::name_in(text(&headers, "x-amz-target")),
        "request": serde_json::from_slice::<Value>(&asked).ok(),
        "fault": parts.extensions.get::<Faulted>().is_some(),
        "status": parts.status.as_u16(),
        "response": answer(&answered),
        "error_type": text(&parts.headers, "x-amzn-errortype"),
    });
    if let Err(error) = recording.append(&exchange) {
        // Standard output is the log's.
        let path = recording.path.display();
        let _ = writeln!(io::stderr(), "local-pool: cannot record in {path}: {error}");
    }
    Response::from_parts(parts, Body::from(answered))
}

/// JSON, or else the text as a text, so that it is not taken for nothing.
fn answer(body: &[u8]) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(body).unwrap_or_else(|_| String::from_utf8_lossy(body).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_at_the_first_exchange_and_appended_to() {
        let directory = env::temp_dir().join(format!("local-pool-recording-{}", std::process::id()));
        let recording = Recording {
            path: directory.join("1.jsonl"),
            file: Mutex::new(None),
        };
        assert!(!directory.exists());
        recording.append(&json!({"operation": "GetUser"})).unwrap();
        recording.append(&json!({"operation": null})).unwrap();
        let lines = fs::read_to_string(&recording.path).unwrap();
        assert_eq!(lines, "{\"operation\":\"GetUser\"}\n{\"operation\":null}\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&recording.path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::remove_dir_all(&directory).unwrap();
    }
}
