//! Reads the model's data.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Deserialize;

use super::Operation;
use super::pattern::Pattern;
use super::shape::{Kind, Member, Rule, Shape};

#[derive(Deserialize)]
struct Contents {
    source: Source,
    #[serde(borrow)]
    operations: BTreeMap<&'static str, OperationData>,
    #[serde(borrow)]
    shapes: HashMap<&'static str, ShapeData>,
}

#[derive(Deserialize)]
struct Source {
    #[serde(rename = "targetPrefix")]
    target_prefix: &'static str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperationData {
    public: bool,
    input: &'static str,
    output: Option<&'static str>,
    #[serde(borrow)]
    errors: Vec<&'static str>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ShapeData {
    r#type: &'static str,
    #[serde(borrow)]
    members: BTreeMap<&'static str, &'static str>,
    #[serde(borrow)]
    required: Vec<&'static str>,
    member: &'static str,
    key: &'static str,
    value: &'static str,
    #[serde(borrow)]
    r#enum: Vec<&'static str>,
    pattern: Option<String>,
    min: Option<i64>,
    max: Option<i64>,
    sensitive: bool,
    document: bool,
    #[serde(rename = "exception")]
    _exception: bool,
    #[serde(rename = "fault")]
    _fault: bool,
}

/// The operations of the model, each with its shapes.
///
/// # Errors
/// What in the data is not understood.
pub(super) fn operations(json: &'static str) -> Result<BTreeMap<&'static str, Operation>, String> {
    let contents: Contents = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let mut shapes = Shapes {
        waiting: contents.shapes,
        ..Shapes::default()
    };
    let operations = contents.operations.into_iter().map(|(name, data)| {
        let operation = Operation {
            name,
            target_prefix: contents.source.target_prefix,
            public: data.public,
            input: shapes.get(data.input)?,
            output: data.output.map(|name| shapes.get(name)).transpose()?,
            errors: data.errors,
        };
        Ok((name, operation))
    });
    operations.collect()
}

/// Shapes and patterns that are shared by those that name them.
#[derive(Default)]
struct Shapes {
    waiting: HashMap<&'static str, ShapeData>,
    ready: HashMap<&'static str, Arc<Shape>>,
    patterns: HashMap<String, Arc<Pattern>>,
}

impl Shapes {
    fn get(&mut self, name: &'static str) -> Result<Arc<Shape>, String> {
        if let Some(shape) = self.ready.get(name) {
            return Ok(Arc::clone(shape));
        }
        let data = self.waiting.remove(name);
        let data = data.ok_or_else(|| format!("{name} is no shape or contains itself"))?;
        let shape = Arc::new(self.build(name, data)?);
        self.ready.insert(name, Arc::clone(&shape));
        Ok(shape)
    }

    fn build(&mut self, name: &str, data: ShapeData) -> Result<Shape, String> {
        let mut rules = Vec::new();
        if !data.r#enum.is_empty() {
            rules.push(Rule::OneOf(data.r#enum));
        }
        if let Some(source) = data.pattern {
            let pattern = self.patterns.entry(source);
            let pattern = pattern.or_insert_with_key(|source| Arc::new(Pattern::new(source.clone())));
            rules.push(Rule::Pattern(Arc::clone(pattern)));
        }
        if data.r#type == "integer" {
            rules.extend(data.min.map(Rule::Min));
            rules.extend(data.max.map(Rule::Max));
        } else {
            rules.extend(data.min.map(Rule::MinLength));
            rules.extend(data.max.map(Rule::MaxLength));
        }

        let kind = match data.r#type {
            "structure" if data.document => Kind::Document,
            "structure" => {
                let members = data.members.into_iter().map(|(name, shape)| {
                    Ok(Member {
                        name,
                        required: data.required.contains(&name),
                        shape: self.get(shape)?,
                    })
                });
                Kind::Structure(members.collect::<Result<_, String>>()?)
            }
            "list" => Kind::List(self.get(data.member)?),
            "map" => Kind::Map {
                key: self.get(data.key)?,
                value: self.get(data.value)?,
            },
            "string" => Kind::Text,
            "integer" => Kind::Integer,
            "boolean" => Kind::Boolean,
            "timestamp" => Kind::Timestamp,
            other => return Err(format!("{name} is of an unknown type: {other}")),
        };
        let conceals = data.sensitive
            || match &kind {
                Kind::Structure(members) => members.iter().any(|member| member.shape.conceals),
                Kind::List(item) => item.conceals,
                Kind::Map { key, value } => key.conceals || value.conceals,
                _ => false,
            };
        Ok(Shape {
            kind,
            rules,
            sensitive: data.sensitive,
            conceals,
        })
    }
}
