//! SchemaAttributeType.

use serde_json::{Value, json};

use crate::pool::schema::{Attribute, DataType, STANDARD, Schema};
use crate::protocol::{ApiError, invalid_parameter};

/// Takes the attributes that a request declares into `schema`; only a new pool may declare standard ones.
///
/// # Errors
/// `InvalidParameterException`.
pub(in super::super) fn take(
    schema: &mut Schema,
    declared: Option<&Value>,
    is_new_pool: bool,
) -> Result<(), ApiError> {
    for shape in declared.and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| shape.get(name).and_then(Value::as_str).unwrap_or_default();
        let given = text("Name");
        if given.is_empty() {
            return Err(invalid_parameter("An attribute of the schema needs a name."));
        }
        let developer_only = flag(shape, "DeveloperOnlyAttribute") == Some(true);
        let is_standard = is_new_pool && STANDARD.contains(&given);
        let name = match given {
            _ if is_standard => given.to_owned(),
            _ if given.starts_with("custom:") || given.starts_with("dev:") => given.to_owned(),
            _ if developer_only => format!("dev:{given}"),
            _ => format!("custom:{given}"),
        };
        if schema.0.contains_key(&name) {
            return Err(invalid_parameter(format!(
                "{name}: Existing attribute already has name {name}."
            )));
        }
        let attribute = attribute(shape)?;
        if is_standard {
            let own = described_type(given);
            let other_type = shape.get("AttributeDataType").is_some() && data_type(shape)? != own;
            if other_type || developer_only {
                return Err(invalid_parameter(
                    "You can not change AttributeDataType or set developerOnlyAttribute for standard schema \
                     attribute name",
                ));
            }
        } else if attribute.required {
            return Err(invalid_parameter(
                "Required custom attributes are not supported currently.",
            ));
        }
        schema.0.insert(name, attribute);
    }
    Ok(())
}

fn flag(shape: &Value, name: &str) -> Option<bool> {
    shape.get(name).and_then(Value::as_bool)
}

fn data_type(shape: &Value) -> Result<DataType, ApiError> {
    let Some(given) = shape.get("AttributeDataType") else {
        return Ok(DataType::String);
    };
    serde_json::from_value(given.clone()).map_err(|_| invalid_parameter("Invalid AttributeDataType."))
}

fn attribute(shape: &Value) -> Result<Attribute, ApiError> {
    let limits = |member: &str, name: &str| -> Result<Option<i64>, ApiError> {
        let limit = shape.get(member).and_then(|limits| limits.get(name));
        let limit = limit.and_then(Value::as_str).filter(|text| !text.is_empty());
        let wrong = |_| invalid_parameter(format!("{name} is not a number."));
        limit.map(|text| text.parse().map_err(wrong)).transpose()
    };
    let length = |name: &str| -> Result<Option<usize>, ApiError> {
        let length = limits("StringAttributeConstraints", name)?;
        let wrong = |_| invalid_parameter(format!("{name} is not a length."));
        length.map(|length| length.try_into().map_err(wrong)).transpose()
    };
    Ok(Attribute {
        data_type: data_type(shape)?,
        mutable: flag(shape, "Mutable").unwrap_or(true),
        required: flag(shape, "Required").unwrap_or(false),
        min_length: length("MinLength")?,
        max_length: length("MaxLength")?,
        min_value: limits("NumberAttributeConstraints", "MinValue")?,
        max_value: limits("NumberAttributeConstraints", "MaxValue")?,
    })
}

/// The type that AWS tells of a standard attribute.
fn described_type(name: &str) -> DataType {
    match name {
        "updated_at" => DataType::Number,
        "email_verified" | "phone_number_verified" => DataType::Boolean,
        _ => DataType::String,
    }
}

/// SchemaAttributes: the standard attributes, then the pool's own.
pub(in super::super) fn attributes(schema: &Schema) -> Vec<Value> {
    let sub = Attribute {
        mutable: false,
        required: true,
        min_length: Some(1),
        ..Attribute::default()
    };
    let standard = STANDARD
        .into_iter()
        .chain(["email_verified", "phone_number_verified"]);
    let standard = standard.map(|name| {
        let declared = schema.attribute(name).unwrap_or_default();
        let birthdate = (name == "birthdate").then_some(10);
        let attribute = Attribute {
            data_type: described_type(name),
            min_length: declared.min_length.or(birthdate).or(Some(0)),
            max_length: declared.max_length.or(birthdate),
            min_value: declared.min_value.or(Some(0)),
            ..declared
        };
        (name.to_owned(), attribute)
    });
    let own = schema
        .0
        .iter()
        .filter(|(name, _)| !STANDARD.contains(&name.as_str()));
    let own = own.map(|(name, attribute)| (name.clone(), attribute.clone()));
    std::iter::once(("sub".to_owned(), sub))
        .chain(standard)
        .chain(own)
        .map(|(name, attribute)| described(&name, &attribute))
        .collect()
}

fn described(name: &str, attribute: &Attribute) -> Value {
    let mut shape = json!({
        "Name": name,
        "AttributeDataType": attribute.data_type,
        "DeveloperOnlyAttribute": name.starts_with("dev:"),
        "Mutable": attribute.mutable,
        "Required": attribute.required,
    });
    let limits = |limits: [(&str, Option<String>); 2]| {
        let given = limits
            .into_iter()
            .filter_map(|(name, limit)| Some((name.to_owned(), json!(limit?))));
        Value::Object(given.collect())
    };
    match attribute.data_type {
        DataType::String => {
            let longest = attribute.max_length.or((!name.contains(':')).then_some(2048));
            shape["StringAttributeConstraints"] = limits([
                ("MinLength", attribute.min_length.map(|length| length.to_string())),
                ("MaxLength", longest.map(|length| length.to_string())),
            ]);
        }
        DataType::Number => {
            shape["NumberAttributeConstraints"] = limits([
                ("MinValue", attribute.min_value.map(|value| value.to_string())),
                ("MaxValue", attribute.max_value.map(|value| value.to_string())),
            ]);
        }
        DataType::Boolean | DataType::DateTime => {}
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(shape: Value) -> Result<Schema, ApiError> {
        let mut schema = Schema::default();
        take(&mut schema, Some(&json!([shape])), true)?;
        Ok(schema)
    }

    #[test]
    fn an_attribute_is_described_as_it_was_declared() {
        let schema = taken(json!({
            "Name": "age",
            "AttributeDataType": "Number",
            "NumberAttributeConstraints": {"MinValue": "18"},
        }))
        .unwrap();
        assert_eq!(
            attributes(&schema).last().unwrap(),
            &json!({
                "Name": "custom:age",
                "AttributeDataType": "Number",
                "DeveloperOnlyAttribute": false,
                "Mutable": true,
                "Required": false,
                "NumberAttributeConstraints": {"MinValue": "18"},
            })
        );
        let schema = taken(json!({"Name": "email", "Required": true})).unwrap();
        let described = attributes(&schema);
        let email = described.iter().find(|shape| shape["Name"] == "email").unwrap();
        assert_eq!(email["Required"], true);
        assert_eq!(email["StringAttributeConstraints"]["MaxLength"], "2048");
        assert_eq!(described.len(), 20);
    }

    #[test]
    fn schemas_that_aws_does_not_allow_are_refused() {
        for shape in [
            json!({"Name": "plan", "Required": true}),
            json!({"Name": "email", "AttributeDataType": "Number"}),
            json!({"Name": "email", "DeveloperOnlyAttribute": true}),
            json!({"Name": "age", "NumberAttributeConstraints": {"MinValue": "old"}}),
            json!({"Name": "plan", "StringAttributeConstraints": {"MinLength": "-1"}}),
            json!({"AttributeDataType": "String"}),
        ] {
            assert_eq!(taken(shape).unwrap_err().kind, "InvalidParameterException");
        }
        let mut schema = taken(json!({"Name": "plan"})).unwrap();
        let again = json!([{"Name": "plan"}]);
        assert!(take(&mut schema, Some(&again), false).is_err());
    }
}
