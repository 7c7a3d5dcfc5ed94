//! All sessions of the user, wherever they are.

use serde::{Deserialize, Serialize};

use super::{Empty, Operation, epoch_seconds, operation};
use crate::{ports::UnixMillis, token::AccessToken};

/// Lists the user's sessions.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserSessions {
    /// The user's access token.
    pub access_token: AccessToken,
    /// Where the page begins that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}
operation!(ListUserSessions, idempotent: true, ListUserSessionsResponse);

/// The answer to [`ListUserSessions`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserSessionsResponse {
    /// This page's.
    #[serde(default)]
    pub sessions: Vec<UserSession>,
    /// Where the next page begins, if there is one.
    pub next_token: Option<String>,
}

/// A session of the user's (`SessionDescriptionType`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UserSession {
    /// Its name.
    #[serde(default)]
    pub session_id: String,
    /// Of which kind it is.
    #[serde(default, rename = "SessionType")]
    pub kind: SessionKind,
    /// The app client that it belongs to; none of a [`SessionKind::Sso`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// When it began.
    #[serde(default, rename = "CreateDate", with = "epoch_seconds")]
    pub created_at: Option<UnixMillis>,
    /// When it was last renewed.
    #[serde(default, rename = "LastActiveDate", with = "epoch_seconds")]
    pub last_active_at: Option<UnixMillis>,
    /// The operating system and the browser or app that it was last active on, as far as the service knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_type: Option<String>,
    /// The address that it was last active from.
    #[serde(rename = "LastIPAddress", skip_serializing_if = "Option::is_none")]
    pub last_ip_address: Option<String>,
    /// Where that address is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_location: Option<SessionLocation>,
    /// Of a [`SessionKind::Token`], the session at the hosted pages that it came through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_session_id: Option<String>,
    /// Whether it is the one that asked.
    #[serde(default)]
    pub is_current_session: bool,
}

/// What a session is held by (`SessionTypeType`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionKind {
    /// An app's tokens.
    #[serde(rename = "TOKEN")]
    Token,
    /// A browser's cookie at the hosted pages.
    #[serde(rename = "SSO")]
    Sso,
    /// A kind that this version does not know.
    #[default]
    #[serde(other, rename = "OTHER")]
    Other,
}

/// Where an address is (`SessionLocationType`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SessionLocation {
    /// The city.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// Ends another session of the user's.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RevokeUserSession {
    /// The user's access token.
    pub access_token: AccessToken,
    /// Which one: not the one that asks.
    pub session_id: String,
    /// `LINKED` to end with it what it came through or what came through it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoke_associated_sessions: Option<&'static str>,
}
operation!(RevokeUserSession, idempotent: true, Empty);
