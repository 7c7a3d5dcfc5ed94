use super::*;
use crate::operations::testing::{user, world};

#[test]
fn a_group_is_made_changed_told_and_deleted() {
    let mut world = world();
    let role = "arn:aws:iam::123456789012:role/editors";
    let made = json!({"GroupName": "editors", "Description": "They edit", "Precedence": 3});
    let group = done(&mut world, "CreateGroup", made.clone())["Group"].clone();
    assert_eq!(group["UserPoolId"], seed::POOL_ID);
    assert_eq!(
        denied(&mut world, "CreateGroup", made),
        (
            "GroupExistsException".to_owned(),
            "A group with the name already exists.".to_owned()
        )
    );
    done(
        &mut world,
        "UpdateGroup",
        json!({"GroupName": "editors", "RoleArn": role}),
    );
    let told = done(&mut world, "GetGroup", json!({"GroupName": "editors"}))["Group"].clone();
    assert_eq!(told["RoleArn"], role);
    assert_eq!(
        (&told["Description"], &told["Precedence"]),
        (&json!("They edit"), &json!(3))
    );
    let first = done(&mut world, "ListGroups", json!({"Limit": 1}));
    assert_eq!(first["Groups"][0]["GroupName"], "admins");
    let rest = done(&mut world, "ListGroups", json!({"NextToken": first["NextToken"]}));
    assert_eq!(rest["Groups"][0]["GroupName"], "editors");
    assert_eq!(rest.get("NextToken"), None);

    let member = json!({"GroupName": "editors", "Username": USER});
    done(&mut world, "AdminAddUserToGroup", member);
    done(&mut world, "DeleteGroup", json!({"GroupName": "editors"}));
    assert!(user(&world, USER).groups.is_empty());
    let gone = denied(&mut world, "GetGroup", json!({"GroupName": "editors"}));
    assert_eq!(
        gone,
        (
            "ResourceNotFoundException".to_owned(),
            "Group not found.".to_owned()
        )
    );
}

#[test]
fn members_come_and_go() {
    let mut world = world();
    let member = json!({"GroupName": "admins", "Username": USER});
    for _ in 0..2 {
        done(&mut world, "AdminAddUserToGroup", member.clone());
    }
    assert_eq!(user(&world, USER).groups, ["admins"]);
    let users = done(&mut world, "ListUsersInGroup", json!({"GroupName": "admins"}));
    assert_eq!(users["Users"].as_array().unwrap().len(), 2);
    let groups = done(&mut world, "AdminListGroupsForUser", json!({"Username": USER}));
    assert_eq!(groups["Groups"][0]["GroupName"], "admins");
    done(&mut world, "AdminRemoveUserFromGroup", member);
    let groups = done(&mut world, "AdminListGroupsForUser", json!({"Username": USER}));
    assert_eq!(groups["Groups"], json!([]));
    for (input, kind) in [
        (
            json!({"GroupName": "other", "Username": USER}),
            "ResourceNotFoundException",
        ),
        (
            json!({"GroupName": "admins", "Username": "nobody"}),
            "UserNotFoundException",
        ),
    ] {
        assert_eq!(denied(&mut world, "AdminAddUserToGroup", input).0, kind);
    }
}
