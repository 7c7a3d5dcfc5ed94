//! Compares a JSON value with a shape.

use serde_json::{Map, Value};

use super::shape::{Kind, Member, Rule, Shape, Subject};
use super::wording::{mismatch_message, render};

/// Where in a body a value stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// As AWS writes it, such as `userAttributes.1.member.name`.
    pub(super) shown: String,
    /// The same without the keys of maps, which the caller chooses.
    pub(super) logged: String,
    /// Part of something sensitive.
    hidden: bool,
}

impl Place {
    fn member(&self, name: &str) -> Self {
        let name = lower_first(name);
        self.child(&name, &name)
    }

    fn item(&self, index: usize) -> Self {
        let step = format!("{}.member", index + 1);
        self.child(&step, &step)
    }

    fn entry(&self, key: &str) -> Self {
        self.child(&format!("{key}.member"), "*.member")
    }

    fn child(&self, shown: &str, logged: &str) -> Self {
        let dot = if self.shown.is_empty() { "" } else { "." };
        Self {
            shown: format!("{}{dot}{shown}", self.shown),
            logged: format!("{}{dot}{logged}", self.logged),
            hidden: self.hidden,
        }
    }

    /// The same place for a value of that shape.
    fn of(mut self, shape: &Shape) -> Self {
        self.hidden |= shape.sensitive;
        self
    }
}

/// A constraint that does not hold.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) place: Place,
    /// The value as the message shows it; empty where it is sensitive.
    pub(super) value: String,
    pub(super) constraint: String,
}

/// A value of a JSON type that the shape does not have.
#[derive(Debug)]
pub(super) struct Mismatch {
    pub(super) place: Place,
    pub(super) message: String,
}

/// One comparison, which collects the constraints that do not hold.
pub(super) struct Walk {
    strict: bool,
    broken: Vec<Broken>,
}

impl Walk {
    /// Ignores what the shape does not have, and takes `null` for absent.
    pub(super) fn lenient() -> Self {
        Self {
            strict: false,
            broken: Vec::new(),
        }
    }

    /// Refuses what the shape does not have, and `null`.
    pub(super) fn strict() -> Self {
        Self {
            strict: true,
            broken: Vec::new(),
        }
    }

    /// What is wrong with a body.
    ///
    /// # Errors
    /// The first value of a wrong JSON type.
    pub(super) fn run(mut self, shape: &Shape, body: &Map<String, Value>) -> Result<Vec<Broken>, Mismatch> {
        if let Kind::Structure(members) = &shape.kind {
            self.structure(members, body, &Place::default().of(shape))?;
        }
        Ok(self.broken)
    }

    fn value(&mut self, shape: &Shape, value: &Value, place: &Place) -> Result<(), Mismatch> {
        let subject = match (&shape.kind, value) {
            (Kind::Document, _) | (Kind::Boolean, Value::Bool(_)) | (Kind::Timestamp, Value::Number(_)) => {
                return Ok(());
            }
            (Kind::Structure(members), Value::Object(body)) => return self.structure(members, body, place),
            (Kind::List(item), Value::Array(items)) => {
                self.list(item, items, value, place)?;
                Subject::Size(items.iter().filter(|item| !self.is_absent(item)).count())
            }
            (Kind::Map { key, value: entry }, Value::Object(entries)) => {
                self.map(key, entry, entries, value, place)?;
                Subject::Size(entries.values().filter(|value| !self.is_absent(value)).count())
            }
            (Kind::Text, Value::String(text)) => Subject::Text(text),
            (kind, value) => match integer(kind, value) {
                Some(number) => Subject::Number(number),
                None => return Err(mismatch(kind, value, place)),
            },
        };
        let broken = shape.rules.iter().filter(|rule| !rule.holds(&subject));
        for rule in broken {
            self.report(place, shape.conceals, value, rule.to_string());
        }
        Ok(())
    }

    fn structure(
        &mut self,
        members: &[Member],
        body: &Map<String, Value>,
        place: &Place,
    ) -> Result<(), Mismatch> {
        for member in members {
            let place = place.member(member.name).of(&member.shape);
            match body.get(member.name).filter(|value| !self.is_absent(value)) {
                Some(value) => self.value(&member.shape, value, &place)?,
                None if member.required => {
                    self.report(&place, false, &Value::Null, "Member must not be null".to_owned());
                }
                None => {}
            }
        }
        if self.strict {
            for (name, value) in body {
                if !members.iter().any(|member| member.name == name) {
                    let constraint = "the model has no such member".to_owned();
                    self.report(&place.member(name), true, value, constraint);
                }
            }
        }
        Ok(())
    }

    fn list(&mut self, item: &Shape, items: &[Value], list: &Value, place: &Place) -> Result<(), Mismatch> {
        let mut admitted = true;
        for (index, value) in items.iter().enumerate() {
            if self.is_absent(value) {
                continue;
            }
            let place = place.item(index).of(item);
            admitted &= self.part(item, value, &place)?;
        }
        if !admitted {
            self.report(place, item.conceals, list, all_rules("Member must", item));
        }
        Ok(())
    }

    fn map(
        &mut self,
        key_shape: &Shape,
        value_shape: &Shape,
        entries: &Map<String, Value>,
        map: &Value,
        place: &Place,
    ) -> Result<(), Mismatch> {
        let (mut keys_admitted, mut values_admitted) = (true, true);
        for (key, value) in entries {
            if self.is_absent(value) {
                continue;
            }
            keys_admitted &= key_shape.admits(&Subject::Text(key));
            let place = place.entry(key).of(value_shape);
            values_admitted &= self.part(value_shape, value, &place)?;
        }
        let conceals = key_shape.conceals || value_shape.conceals;
        if !keys_admitted {
            self.report(place, conceals, map, all_rules("Map keys must", key_shape));
        }
        if !values_admitted {
            self.report(place, conceals, map, all_rules("Map value must", value_shape));
        }
        Ok(())
    }

    /// Whether a part of a list or map is admitted. A composite one reports for itself.
    fn part(&mut self, shape: &Shape, value: &Value, place: &Place) -> Result<bool, Mismatch> {
        if shape.is_composite() {
            self.value(shape, value, place)?;
            return Ok(true);
        }
        let before = self.broken.len();
        self.value(shape, value, place)?;
        let admitted = self.broken.len() == before;
        self.broken.truncate(before);
        Ok(admitted)
    }

    fn is_absent(&self, value: &Value) -> bool {
        value.is_null() && !self.strict
    }

    fn report(&mut self, place: &Place, conceals: bool, value: &Value, constraint: String) {
        let value = match value {
            _ if conceals || place.hidden => String::new(),
            Value::Null => "null".to_owned(),
            value => format!("'{}'", render(value)),
        };
        self.broken.push(Broken {
            place: place.clone(),
            value,
            constraint,
        });
    }
}

/// For a list or map AWS names every constraint of its parts, whichever of them is broken.
fn all_rules(prefix: &str, shape: &Shape) -> String {
    let rules: Vec<String> = shape.rules.iter().rev().map(Rule::to_string).collect();
    format!("{prefix} satisfy constraint: [{}]", rules.join(", "))
}

/// An integer of 32 bits where the kind is one.
fn integer(kind: &Kind, value: &Value) -> Option<i64> {
    let number = value.as_i64().filter(|number| i32::try_from(*number).is_ok());
    number.filter(|_| matches!(kind, Kind::Integer))
}

fn mismatch(kind: &Kind, value: &Value, place: &Place) -> Mismatch {
    Mismatch {
        place: place.clone(),
        message: mismatch_message(kind, value),
    }
}

/// `userPoolId` for `UserPoolId`, as AWS writes paths.
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
