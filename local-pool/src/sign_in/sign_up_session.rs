//! The Session that leads from SignUp through ConfirmSignUp into a sign-in.

use super::sessions::{Awaiting, Ticket, invalid};
use super::{Flow, Kind, keep};
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::contact::Contact;
use crate::protocol::{ApiError, Request};

/// SignUp's Session.
pub(crate) fn begin(pool: &mut Pool, client: &Client, username: &str) -> Ticket {
    let flow = begun(client, username);
    let session = pool.shared.random.base64url(192);
    keep(pool, session.clone(), flow, Awaiting::SignUp);
    session
}

/// Passes SignUp's Session of that user and client.
///
/// # Errors
/// `NotAuthorizedException` for any other.
pub(crate) fn check(pool: &Pool, client: &Client, username: &str, session: &str) -> Result<(), ApiError> {
    let open = pool.sessions.find(session, pool.now())?;
    let theirs = open.flow.username == username && open.flow.client_id == client.id;
    if theirs && matches!(open.awaiting, Awaiting::SignUp) {
        Ok(())
    } else {
        Err(invalid())
    }
}

/// ConfirmSignUp's Session, in exchange for SignUp's if there is one: whoever has it received the code at
/// `contact`.
///
/// # Errors
/// `NotAuthorizedException` for a Session that is used or has expired.
pub(crate) fn confirmed(
    pool: &mut Pool,
    client: &Client,
    username: &str,
    session: Option<&str>,
    contact: Option<Contact>,
) -> Result<Ticket, ApiError> {
    let flow = match session {
        Some(session) => {
            let open = pool.sessions.find(session, pool.now())?;
            pool.sessions.spend(&open.ticket);
            open.flow
        }
        None => begun(client, username),
    };
    let next = pool.shared.random.base64url(192);
    keep(pool, next.clone(), flow, Awaiting::SignedUp(contact));
    Ok(next)
}

fn begun(client: &Client, username: &str) -> Flow {
    let request = Request::new(serde_json::Map::new());
    Flow::new(Kind::SignUp, client, username, String::new(), &request)
}
