//! Reads a seed file, and finds the place in it that an error is about.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;
use serde_path_to_error::{Path as FieldPath, Segment};
use toml::de::{DeTable, DeValue};

use super::file::File;

/// The language of a seed file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Toml,
    Json,
}

/// A seed file's text.
pub(crate) struct Source<'a> {
    /// What errors call the file.
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
    pub(crate) format: Format,
}

/// A step on the way to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Field(String),
    Index(usize),
}

impl Source<'_> {
    /// The file's contents.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub(crate) fn parse(&self) -> Result<File, String> {
        match self.format {
            Format::Toml => {
                let deserializer = toml::Deserializer::parse(self.text)
                    .map_err(|error| self.located(error.span(), &[], error.message()))?;
                serde_path_to_error::deserialize(deserializer).map_err(|error| {
                    let steps = steps(error.path());
                    let span = error.inner().span().or_else(|| self.span(&steps));
                    self.located(span, &steps, error.inner().message())
                })
            }
            Format::Json => {
                let mut deserializer = serde_json::Deserializer::from_str(self.text);
                let file = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
                    let steps = steps(error.path());
                    self.told_by_json(&steps, error.inner())
                })?;
                let ended = deserializer.end();
                ended.map_err(|error| self.told_by_json(&[], &error))?;
                Ok(file)
            }
        }
    }

    /// `message` about the field at the end of `steps`, with its place.
    pub(crate) fn about(&self, steps: &[Step], message: &str) -> String {
        self.located(self.span(steps), steps, message)
    }

    fn told_by_json(&self, steps: &[Step], error: &serde_json::Error) -> String {
        let text = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = text.strip_suffix(&place).unwrap_or(&text);
        self.placed(error.line(), error.column(), steps, message)
    }

    fn located(&self, span: Option<Range<usize>>, steps: &[Step], message: &str) -> String {
        let start = span.map_or(0, |span| span.start);
        let before = self.text.get(..start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        self.placed(line, column, steps, message)
    }

    fn placed(&self, line: usize, column: usize, steps: &[Step], message: &str) -> String {
        let name = self.name;
        let message = message.trim_end().replace('\n', "; ");
        match path(steps) {
            path if path.is_empty() => format!("{name}:{line}:{column}: {message}"),
            path => format!("{name}:{line}:{column}: {path}: {message}"),
        }
    }

    /// Where the field stands, or the nearest around it that stands there.
    fn span(&self, steps: &[Step]) -> Option<Range<usize>> {
        match self.format {
            Format::Toml => {
                let table = DeTable::parse(self.text).ok()?;
                Some(toml_span(&table, steps))
            }
            Format::Json => json_span(self.text, steps),
        }
    }
}

fn toml_span(table: &toml::Spanned<DeTable<'_>>, steps: &[Step]) -> Range<usize> {
    let Some((Step::Field(first), rest)) = steps.split_first() else {
        return table.span();
    };
    let Some(mut value) = table.get_ref().get(first.as_str()) else {
        return table.span();
    };
    for step in rest {
        let next = match (step, value.get_ref()) {
            (Step::Field(name), DeValue::Table(table)) => table.get(name.as_str()),
            (Step::Index(index), DeValue::Array(array)) => array.get(*index),
            _ => None,
        };
        match next {
            Some(next) => value = next,
            None => break,
        }
    }
    value.span()
}

fn json_span(text: &str, steps: &[Step]) -> Option<Range<usize>> {
    let mut value: &RawValue = serde_json::from_str(text).ok()?;
    for step in steps {
        let next = match step {
            Step::Field(name) => serde_json::from_str::<BTreeMap<String, &RawValue>>(value.get())
                .ok()
                .and_then(|mut members| members.remove(name)),
            Step::Index(index) => serde_json::from_str::<Vec<&RawValue>>(value.get())
                .ok()
                .and_then(|elements| elements.get(*index).copied()),
        };
        match next {
            Some(next) => value = next,
            None => break,
        }
    }
    // The raw value is a part of the text.
    let start = value.get().as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    Some(start..start + value.get().len())
}

fn steps(path: &FieldPath) -> Vec<Step> {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Map { key } => Some(Step::Field(key.clone())),
            Segment::Seq { index } => Some(Step::Index(*index)),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

fn path(steps: &[Step]) -> String {
    steps.iter().fold(String::new(), |path, step| match step {
        Step::Index(index) => format!("{path}[{index}]"),
        Step::Field(name) if path.is_empty() => name.clone(),
        Step::Field(name) => format!("{path}.{name}"),
    })
}
