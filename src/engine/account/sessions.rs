use super::{
    super::{AuthError, core::Engine},
    MOST_PAGES, endless,
};
use crate::cognito::{ListUserSessions, RevokeUserSession, UserSession};

impl Engine {
    pub(super) async fn sessions(&self) -> Result<Vec<UserSession>, AuthError> {
        let epoch = self.state().epoch;
        let (mut sessions, mut next_token) = (Vec::new(), None);
        for _ in 0..MOST_PAGES {
            let page = self
                .with_access_token(|access_token| ListUserSessions {
                    access_token,
                    next_token: next_token.clone(),
                })
                .await?;
            self.check_current(epoch)?;
            sessions.extend(page.sessions);
            next_token = page.next_token;
            if next_token.is_none() {
                return Ok(sessions);
            }
        }
        Err(endless())
    }

    pub(super) async fn revoke_session(&self, session_id: String, linked: bool) -> Result<(), AuthError> {
        self.with_access_token(|access_token| RevokeUserSession {
            access_token,
            session_id: session_id.clone(),
            revoke_associated_sessions: linked.then_some("LINKED"),
        })
        .await
        .map(drop)
    }
}
