//! Reading one object of the file.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::config::{ConfigProblem, InvalidId};

/// The most characters of a wrong value that an error repeats.
const FOUND_MAX: usize = 60;

/// One object of the file, with the path that leads to it.
pub(super) struct Section<'a> {
    pub(super) values: &'a Map<String, Value>,
    pub(super) path: &'static str,
    /// Whether an unknown entry of a list is a mistake, rather than news from a later schema.
    pub(super) strict: bool,
}

impl<'a> Section<'a> {
    pub(super) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.values.get(key).filter(|value| !value.is_null())
    }

    pub(super) fn section(
        &self,
        key: &str,
        path: &'static str,
    ) -> Result<Option<Section<'a>>, ConfigProblem> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::Object(values)) => Ok(Some(Section {
                values,
                path,
                strict: self.strict,
            })),
            Some(other) => Err(malformed(path, other, "It has to be a JSON object.")),
        }
    }

    pub(super) fn optional<T: Deserialize<'a>>(
        &self,
        key: &str,
        hint: &'static str,
    ) -> Result<Option<T>, ConfigProblem> {
        self.get(key)
            .map(|value| T::deserialize(value).map_err(|_| malformed(&self.path_of(key), value, hint)))
            .transpose()
    }

    pub(super) fn required<T: Deserialize<'a>>(
        &self,
        key: &str,
        hint: &'static str,
    ) -> Result<T, ConfigProblem> {
        self.optional(key, hint)?
            .ok_or_else(|| ConfigProblem::MissingField {
                path: self.path_of(key),
            })
    }

    /// A text of which `accept` says whether it will do.
    pub(super) fn text(
        &self,
        key: &str,
        hint: &'static str,
        accept: fn(&str) -> bool,
    ) -> Result<Option<String>, ConfigProblem> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::String(text)) if accept(text) => Ok(Some(text.clone())),
            Some(other) => Err(malformed(&self.path_of(key), other, hint)),
        }
    }

    /// One of the words that a key may hold; none if it is news from a later schema.
    pub(super) fn word<T>(
        &self,
        key: &str,
        hint: &'static str,
        read: fn(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, ConfigProblem> {
        match self.get(key) {
            None => Ok(None),
            Some(value) => match read(value) {
                None if self.strict || !value.is_string() => Err(malformed(&self.path_of(key), value, hint)),
                word => Ok(word),
            },
        }
    }

    /// A list of such words, without those from a later schema.
    pub(super) fn words<T>(
        &self,
        key: &str,
        hint: &'static str,
        read: fn(&'a Value) -> Option<T>,
    ) -> Result<Vec<T>, ConfigProblem> {
        let entries = match self.get(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(entries)) => entries,
            Some(other) => return Err(malformed(&self.path_of(key), other, hint)),
        };
        let mut list = Vec::with_capacity(entries.len());
        for entry in entries {
            match read(entry) {
                Some(value) => list.push(value),
                None if !self.strict => {}
                None => return Err(malformed(&self.path_of(key), entry, hint)),
            }
        }
        Ok(list)
    }

    pub(super) fn id<T>(
        &self,
        key: &str,
        parse: fn(&str) -> Result<T, InvalidId>,
    ) -> Result<T, ConfigProblem> {
        let text: &str = self.required(key, "It has to be a text in quotation marks.")?;
        parse(text).map_err(|error| ConfigProblem::Malformed {
            path: self.path_of(key),
            found: cut(text),
            hint: error.hint,
        })
    }
}

/// A word that stands in the file as it does in the program.
pub(super) fn as_is<'a, T: Deserialize<'a>>(value: &'a Value) -> Option<T> {
    T::deserialize(value).ok()
}

pub(super) fn malformed(path: &str, found: &Value, hint: &'static str) -> ConfigProblem {
    let found = match found {
        Value::String(text) => cut(text),
        other => cut(&other.to_string()),
    };
    ConfigProblem::Malformed {
        path: path.to_owned(),
        found,
        hint,
    }
}

/// A text short enough to show, without characters that would disturb the line it stands in.
pub(super) fn cut(text: &str) -> String {
    let shown = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut short: String = text.chars().take(FOUND_MAX).map(shown).collect();
    if text.chars().nth(FOUND_MAX).is_some() {
        short.push('…');
    }
    short
}
