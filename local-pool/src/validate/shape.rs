//! The shapes of AWS's service model `cognito-idp/2016-04-18`, as far as the pool's operations have them.

/// One member of an operation's input shape.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) kind: Kind,
}

impl Member {
    /// The same member where it must be given.
    pub(crate) const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }
}

/// What a member holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Text(Text),
    Enum(&'static [&'static str]),
    /// A map of texts to texts.
    Map,
    /// A list of `Name` and `Value`.
    Attributes,
    Structure,
    Boolean,
}

/// The constraints of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    pub(crate) min: usize,
    pub(crate) max: usize,
    pub(crate) pattern: Option<Pattern>,
    /// Sensitive values are not repeated in the message.
    pub(crate) sensitive: bool,
}

/// The patterns of the model, each a run of one class of characters.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pattern {
    Word,
    SecretHash,
    Visible,
    NotSpace,
    Token,
    DeviceKey,
    AttributeName,
}

impl Pattern {
    pub(super) fn regex(self) -> &'static str {
        match self {
            Self::Word => r"[\w+]+",
            Self::SecretHash => r"[\w+=/]+",
            Self::Visible => r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+",
            Self::NotSpace => r"[\S]+",
            Self::Token => r"[A-Za-z0-9-_=.]+",
            Self::DeviceKey => r"[\w-]+_[0-9a-f-]+",
            Self::AttributeName => r"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+",
        }
    }

    pub(super) fn matches(self, text: &str) -> bool {
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let each = |class: &dyn Fn(char) -> bool| !text.is_empty() && text.chars().all(class);
        match self {
            Self::Word => each(&|c| word(c) || c == '+'),
            Self::SecretHash => each(&|c| word(c) || matches!(c, '+' | '=' | '/')),
            Self::Visible => each(&visible),
            // Java's \S knows the ASCII spaces only.
            Self::NotSpace => each(&|c| !matches!(c, ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r')),
            Self::Token => each(&|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '=' | '.')),
            Self::DeviceKey => text.rsplit_once('_').is_some_and(|(group, id)| {
                !group.is_empty()
                    && group.chars().all(|c| word(c) || c == '-')
                    && !id.is_empty()
                    && id.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f' | '-'))
            }),
            Self::AttributeName => each(&|c| visible(c) || matches!(c, '\t' | '\n' | '\r' | ' ')),
        }
    }
}

/// Letters, marks, symbols, numbers and punctuation: what is neither a separator (Z) nor other (C).
fn visible(c: char) -> bool {
    let format = matches!(c,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{8e2}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}');
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    !(c.is_whitespace() || c.is_control() || format || private)
}

const fn text(
    name: &'static str,
    min: usize,
    max: usize,
    pattern: Option<Pattern>,
    sensitive: bool,
) -> Member {
    Member {
        name,
        required: false,
        kind: Kind::Text(Text {
            min,
            max,
            pattern,
            sensitive,
        }),
    }
}

const fn plain(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        required: false,
        kind,
    }
}

/// A member that holds one of `values`.
pub(crate) const fn one_of(name: &'static str, values: &'static [&'static str]) -> Member {
    plain(name, Kind::Enum(values))
}

/// A member of `TokenModelType`.
pub(crate) const fn token(name: &'static str) -> Member {
    text(name, 0, usize::MAX, Some(Pattern::Token), true)
}

/// A map of texts.
pub(crate) const fn map(name: &'static str) -> Member {
    plain(name, Kind::Map)
}

/// A list of attributes.
pub(crate) const fn attributes(name: &'static str) -> Member {
    plain(name, Kind::Attributes)
}

pub(crate) const CLIENT_ID: Member = text("ClientId", 1, 128, Some(Pattern::Word), true).required();
pub(crate) const USERNAME: Member = text("Username", 1, 128, Some(Pattern::Visible), true).required();
pub(crate) const PASSWORD: Member = text("Password", 0, 256, Some(Pattern::NotSpace), true).required();
pub(crate) const CONFIRMATION_CODE: Member =
    text("ConfirmationCode", 1, 2048, Some(Pattern::NotSpace), false).required();
pub(crate) const SESSION: Member = text("Session", 20, 4096, None, true);
pub(crate) const SECRET_HASH: Member = text("SecretHash", 1, 128, Some(Pattern::SecretHash), true);
pub(crate) const CLIENT_SECRET: Member = text("ClientSecret", 24, 64, Some(Pattern::Word), true);
pub(crate) const DEVICE_KEY: Member = text("DeviceKey", 1, 55, Some(Pattern::DeviceKey), false);
pub(crate) const FORCE_ALIAS_CREATION: Member = plain("ForceAliasCreation", Kind::Boolean);
pub(crate) const CLIENT_METADATA: Member = map("ClientMetadata");
pub(crate) const ANALYTICS_METADATA: Member = plain("AnalyticsMetadata", Kind::Structure);
pub(crate) const USER_CONTEXT_DATA: Member = plain("UserContextData", Kind::Structure);

/// The name of an attribute.
pub(super) const ATTRIBUTE_NAME: Text = Text {
    min: 1,
    max: 32,
    pattern: Some(Pattern::AttributeName),
    sensitive: false,
};
/// The value of an attribute.
pub(super) const ATTRIBUTE_VALUE: Text = Text {
    min: 0,
    max: 2048,
    pattern: None,
    sensitive: true,
};
