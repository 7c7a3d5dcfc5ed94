//! GroupType.

use serde_json::{Value, json};

use crate::pool::group::Group;
use crate::protocol::Request;

/// As the pool of that id describes the group.
pub(in super::super) fn group(pool_id: &str, group: &Group) -> Value {
    let mut shape = json!({
        "GroupName": group.name,
        "UserPoolId": pool_id,
        "LastModifiedDate": group.modified_at,
        "CreationDate": group.created_at,
    });
    let optional = [
        ("Description", group.description.as_ref().map(|text| json!(text))),
        ("RoleArn", group.role_arn.as_ref().map(|arn| json!(arn))),
        ("Precedence", group.precedence.map(|number| json!(number))),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            shape[name] = value;
        }
    }
    shape
}

/// Takes what the request gives into `group`.
pub(in super::super) fn take(group: &mut Group, request: &Request) {
    let text = |name: &str| request.given(name).map(str::to_owned);
    group.description = text("Description").or(group.description.take());
    group.role_arn = text("RoleArn").or(group.role_arn.take());
    let precedence = request.value("Precedence").and_then(Value::as_i64);
    group.precedence = precedence.or(group.precedence);
}
