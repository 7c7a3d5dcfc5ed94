//! Shapes and their constraints.

use std::fmt;
use std::sync::Arc;

use super::pattern::Pattern;

/// A type of the model.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    /// In the order in which AWS reports them for a single value.
    pub(super) rules: Vec<Rule>,
    /// Nothing in here may be repeated in a message.
    pub(super) sensitive: bool,
    /// Sensitive itself or in a part.
    pub(super) conceals: bool,
}

#[derive(Debug)]
pub(super) enum Kind {
    Structure(Vec<Member>),
    List(Arc<Shape>),
    Map {
        key: Arc<Shape>,
        value: Arc<Shape>,
    },
    Text,
    Integer,
    Boolean,
    /// Seconds since 1970, in whole or with a fraction.
    Timestamp,
    /// Any JSON.
    Document,
}

/// A member of a structure.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) shape: Arc<Shape>,
}

impl Shape {
    /// Whether constraints are reported for each part of the shape, not for the list or map that it stands in.
    pub(super) fn is_composite(&self) -> bool {
        matches!(self.kind, Kind::Structure(_) | Kind::List(_) | Kind::Map { .. })
    }

    /// Whether `subject` satisfies every constraint.
    pub(super) fn admits(&self, subject: &Subject) -> bool {
        self.rules.iter().all(|rule| rule.holds(subject))
    }
}

/// A constraint.
#[derive(Debug)]
pub(super) enum Rule {
    OneOf(Vec<&'static str>),
    Pattern(Arc<Pattern>),
    MinLength(i64),
    MaxLength(i64),
    Min(i64),
    Max(i64),
}

/// What a constraint is about.
pub(super) enum Subject<'a> {
    Text(&'a str),
    Number(i64),
    /// The entries of a list or map.
    Size(usize),
}

impl Subject<'_> {
    fn length(&self) -> i64 {
        let length = match self {
            // Java counts UTF-16 units.
            Self::Text(text) => text.encode_utf16().count(),
            Self::Number(_) => return 0,
            Self::Size(size) => *size,
        };
        i64::try_from(length).unwrap_or(i64::MAX)
    }
}

impl Rule {
    pub(super) fn holds(&self, subject: &Subject) -> bool {
        match (self, subject) {
            (Self::OneOf(values), Subject::Text(text)) => values.contains(text),
            (Self::Pattern(pattern), Subject::Text(text)) => pattern.matches(text),
            (Self::MinLength(min), subject) => subject.length() >= *min,
            (Self::MaxLength(max), subject) => subject.length() <= *max,
            (Self::Min(min), Subject::Number(number)) => number >= min,
            (Self::Max(max), Subject::Number(number)) => number <= max,
            _ => false,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneOf(values) => write!(f, "Member must satisfy enum value set: [{}]", values.join(", ")),
            Self::Pattern(pattern) => write!(
                f,
                "Member must satisfy regular expression pattern: {}",
                pattern.source()
            ),
            Self::MinLength(min) => write!(f, "Member must have length greater than or equal to {min}"),
            Self::MaxLength(max) => write!(f, "Member must have length less than or equal to {max}"),
            Self::Min(min) => write!(f, "Member must have value greater than or equal to {min}"),
            Self::Max(max) => write!(f, "Member must have value less than or equal to {max}"),
        }
    }
}
