//! What can be wrong with a configuration, in words for whoever deploys the app.

use super::EndpointProblem;

/// Why there is no usable configuration.
///
/// Each has a [`title`](Self::title), an [`explanation`](Self::explanation) and a
/// [`remedy`](Self::remedy), which together fill a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigProblem {
    /// The host has no such file.
    #[error("amplify_outputs.json was not found")]
    Missing,
    /// The file could not be fetched.
    #[error("amplify_outputs.json could not be fetched")]
    Unreachable {
        /// The HTTP status, if the host answered at all.
        status: Option<u16>,
    },
    /// The file is not JSON.
    #[error("amplify_outputs.json is not JSON (line {line}, column {column})")]
    NotJson {
        /// Where reading stopped, from 1.
        line: usize,
        /// Where reading stopped in that line.
        column: usize,
        /// The answer is a web page: hosts of single-page apps answer so for a missing file.
        looks_like_html: bool,
    },
    /// The file is Amplify Gen 1's: `aws-exports.js` or `amplifyconfiguration.json`.
    #[error("this is an Amplify Gen 1 configuration")]
    Gen1File,
    /// The file's schema is not version 1.
    #[error("unsupported version {found:?}")]
    UnsupportedVersion {
        /// The version it states.
        found: String,
    },
    /// The file has no `auth` section: the backend has no user pool.
    #[error("there is no auth section")]
    NoAuthSection,
    /// A required field is not there.
    #[error("{path} is missing")]
    MissingField {
        /// The field, with dots between its sections.
        path: String,
    },
    /// A field has a value it cannot have.
    #[error("{path} is malformed: {hint}")]
    Malformed {
        /// The field, with dots between its sections.
        path: String,
        /// The value, cut to 60 characters.
        found: String,
        /// What is wrong with it or what it should be.
        hint: &'static str,
    },
    /// `aws_region` is not the region in the user pool id.
    #[error("the user pool is in {pool}, not in {region}")]
    RegionMismatch {
        /// `auth.aws_region`.
        region: String,
        /// The region of `auth.user_pool_id`.
        pool: String,
    },
    /// The file holds a client secret. Its value is not repeated anywhere.
    #[error("there is a client secret at {path}")]
    ClientSecret {
        /// The field, with dots between its sections.
        path: String,
    },
    /// A custom endpoint or issuer that may not be used.
    #[error("{path} may not be used: {problem}")]
    BadEndpoint {
        /// The field, with dots between its sections.
        path: String,
        /// What is wrong with it.
        problem: EndpointProblem,
    },
}

impl ConfigProblem {
    /// The problem that an HTTP status other than success stands for.
    #[must_use]
    pub fn from_status(status: u16) -> Self {
        match status {
            404 | 410 => Self::Missing,
            _ => Self::Unreachable { status: Some(status) },
        }
    }

    /// Whether trying again, without any change to the deployment, may help.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Unreachable { status: None } => true,
            Self::Unreachable { status: Some(status) } => *status == 429 || *status >= 500,
            _ => false,
        }
    }

    /// A few words for a heading.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Missing => "The configuration is missing",
            Self::Unreachable { .. } => "The configuration cannot be loaded",
            Self::NotJson {
                looks_like_html: true,
                ..
            } => "There is a web page in place of the configuration",
            Self::NotJson { .. } => "The configuration is not JSON",
            Self::Gen1File => "The configuration is Amplify Gen 1's",
            Self::UnsupportedVersion { .. } => "The configuration has an unknown version",
            Self::NoAuthSection => "The configuration has no user pool",
            Self::MissingField { .. } => "The configuration is incomplete",
            Self::Malformed { .. } => "The configuration has a mistake",
            Self::RegionMismatch { .. } => "The configuration names two regions",
            Self::ClientSecret { .. } => "The configuration holds a client secret",
            Self::BadEndpoint { .. } => "An address may not be used",
        }
    }

    /// One or two sentences on what is wrong. They repeat wrong values, but never a secret.
    #[must_use]
    pub fn explanation(&self) -> String {
        match self {
            Self::Missing => "This site has no file amplify_outputs.json, which says which user pool \
                people sign in to."
                .to_owned(),
            Self::Unreachable { status: None } => "The request for amplify_outputs.json got no answer: the \
                network is down, or the site cannot be reached."
                .to_owned(),
            Self::Unreachable { status: Some(status) } => {
                format!("The site answered the request for amplify_outputs.json with HTTP status {status}.")
            }
            Self::NotJson {
                looks_like_html: true,
                ..
            } => "The answer to the request for \
                amplify_outputs.json is HTML. Hosts that are set up for single-page apps answer so for files \
                they do not have."
                .to_owned(),
            Self::NotJson { line, column, .. } => {
                format!("amplify_outputs.json cannot be read as JSON beyond line {line}, column {column}.")
            }
            Self::Gen1File => "The file has the keys of aws-exports.js or amplifyconfiguration.json, which \
                Amplify Gen 1 writes. This app reads Gen 2's amplify_outputs.json."
                .to_owned(),
            Self::UnsupportedVersion { found } => format!(
                "amplify_outputs.json states version “{found}”. This app reads versions 1 to 1.5 and later \
                 minor versions of 1."
            ),
            Self::NoAuthSection => {
                "amplify_outputs.json has no “auth” section, so it names no user pool.".to_owned()
            }
            Self::MissingField { path } => format!("amplify_outputs.json has no value for {path}."),
            Self::Malformed { path, found, hint } => {
                format!("amplify_outputs.json has “{found}” for {path}. {hint}")
            }
            Self::RegionMismatch { region, pool } => {
                format!("auth.aws_region is {region}, but by its id the user pool is in {pool}.")
            }
            Self::ClientSecret { path } => format!(
                "There is a value at {path}. Whatever is sent to a browser can be read by anyone who opens the \
                 page, so a secret in this file is no secret any more."
            ),
            Self::BadEndpoint { path, problem } => format!("{path} was refused: {problem}."),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Missing => {
                "Run “npx ampx generate outputs” for your backend and upload the \
                amplify_outputs.json it writes to the folder of index.html."
            }
            Self::Unreachable { status: Some(403) } => {
                "Check that the file has been uploaded beside index.html \
                and may be read: S3 also answers 403 for a file that is not there."
            }
            Self::Unreachable { .. } => {
                "Try again in a moment. If that does not help, open \
                /amplify_outputs.json in a browser tab to see what the site answers."
            }
            Self::NotJson {
                looks_like_html: true,
                ..
            } => {
                "Upload amplify_outputs.json to the folder of \
                index.html, and check that no redirect rule of the host catches it."
            }
            Self::NotJson { .. } => {
                "Write the file anew with “npx ampx generate outputs”, or mend it at \
                that place. Comments and trailing commas are not JSON."
            }
            Self::Gen1File => {
                "Make an amplify_outputs.json: run “npx ampx generate outputs”, or fill in the \
                three ids (aws_region, user_pool_id, user_pool_client_id) by hand."
            }
            Self::UnsupportedVersion { .. } => "Write the file anew with a current @aws-amplify/backend-cli.",
            Self::NoAuthSection => {
                "Add defineAuth to the Amplify backend, deploy it and write the file anew, or \
                fill in the “auth” section by hand."
            }
            Self::MissingField { .. } => {
                "Write the file anew with “npx ampx generate outputs”, or fill the \
                value in by hand."
            }
            Self::Malformed { path, .. } if path.ends_with("_id") || path.ends_with("_region") => {
                "Correct the value. The ids are on the overview pages of the user pool, of its app client and of \
                the identity pool in the Amazon Cognito console."
            }
            Self::Malformed { .. } => {
                "Correct it in amplify_outputs.json, or in the backend that the file is written from, and reload \
                the page."
            }
            Self::RegionMismatch { .. } => {
                "Correct whichever is wrong: the region and the user pool id have to \
                be of the same pool."
            }
            Self::ClientSecret { .. } => {
                "Take the secret out of the file, delete the app client it belongs to \
                (the secret has to count as known), and make a public app client without a secret for this app."
            }
            Self::BadEndpoint { .. } => {
                "Use an https:// address. http:// is only for a user pool on this very \
                machine, during development."
            }
        }
    }
}
