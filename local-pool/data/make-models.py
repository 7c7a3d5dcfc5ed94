#!/usr/bin/env python3
"""Writes cognito-idp.json and cognito-identity.json: the shapes of Amazon Cognito's operations, as far as the local
pool knows them.

    pip install botocore==1.44.5 && python3 local-pool/data/make-models.py
"""

import json
from pathlib import Path

import botocore
from botocore.loaders import Loader

# Besides the public operations, which need no AWS signature: these of the administrator's.
ADMINISTRATIVE = """
    CreateUserPool DescribeUserPool UpdateUserPool DeleteUserPool ListUserPools AddCustomAttributes
    CreateUserPoolClient DescribeUserPoolClient UpdateUserPoolClient DeleteUserPoolClient ListUserPoolClients
    CreateUserPoolDomain SetUserPoolMfaConfig GetUserPoolMfaConfig
    CreateIdentityProvider DescribeIdentityProvider ListIdentityProviders
    CreateGroup GetGroup UpdateGroup DeleteGroup ListGroups ListUsersInGroup ListUsers
    AdminCreateUser AdminGetUser AdminDeleteUser AdminConfirmSignUp AdminDisableUser AdminEnableUser
    AdminSetUserPassword AdminResetUserPassword AdminUpdateUserAttributes AdminSetUserMFAPreference
    AdminAddUserToGroup AdminRemoveUserFromGroup AdminListGroupsForUser AdminUserGlobalSignOut
    AdminListDevices AdminForgetDevice AdminUpdateDeviceStatus
    AdminLinkProviderForUser AdminDisableProviderForUser
""".split()
# Of the identity pools' operations.
FOR_CREDENTIALS = ["GetId", "GetCredentialsForIdentity"]
KEPT = ("type", "required", "enum", "pattern", "min", "max", "sensitive", "exception", "fault", "document")


def compact(shape):
    kept = {key: shape[key] for key in KEPT if key in shape}
    if "members" in shape:
        kept["members"] = {name: member["shape"] for name, member in shape["members"].items()}
    for role in ("member", "key", "value"):
        if role in shape:
            kept[role] = shape[role]["shape"]
    return kept


def parts(shape):
    return [*shape.get("members", {}).values(), *(shape[role] for role in ("member", "key", "value") if role in shape)]


def excerpt(service, wanted):
    """The metadata of a service's model, the operations that `wanted` picks of them, and every shape they reach."""
    model = Loader().load_service_model(service, "service-2")
    public = [name for name, operation in model["operations"].items() if operation.get("authtype") == "none"]
    operations, waiting = {}, []
    for name in wanted(public):
        operation = model["operations"][name]
        kept = {"public": name in public}
        kept |= {role: operation[role]["shape"] for role in ("input", "output") if role in operation}
        kept["errors"] = [error["shape"] for error in operation.get("errors", [])]
        operations[name] = kept
        waiting += [shape for shape in (kept.get("input"), kept.get("output"), *kept["errors"]) if shape]

    shapes = {}
    while waiting:
        name = waiting.pop()
        if name not in shapes:
            shapes[name] = compact(model["shapes"][name])
            waiting += [part["shape"] for part in parts(model["shapes"][name])]
    return model["metadata"], operations, shapes


def lines(entries):
    return ",\n".join(f"  {json.dumps(name)}: {json.dumps(entries[name])}" for name in sorted(entries))


def write(service, metadata, operations, shapes):
    source = {"botocore": botocore.__version__, **{key: metadata[key] for key in ("apiVersion", "targetPrefix")}}
    Path(__file__).with_name(f"{service}.json").write_text(
        f'{{\n"source": {json.dumps(source)},\n"operations": {{\n{lines(operations)}\n}},\n"shapes": {{\n{lines(shapes)}\n}}\n}}\n'
    )


metadata, operations, shapes = excerpt("cognito-idp", lambda public: public + ADMINISTRATIVE)

# AWS tells attributes by longer names than it takes, since these have their prefix then ("custom:..."), and
# "phone_number_verified" is too long from the start. There may be 50 beside the standard ones, too.
told = {"SchemaAttributesListType": "ToldSchemaAttributesListType", "SchemaAttributeType": "ToldSchemaAttributeType"}
for taken, name in told.items():
    shapes[name] = json.loads(json.dumps(shapes[taken]))
shapes["UserPoolType"]["members"]["SchemaAttributes"] = told["SchemaAttributesListType"]
shapes[told["SchemaAttributesListType"]] |= {"member": told["SchemaAttributeType"], "max": 71}
shapes[told["SchemaAttributeType"]]["members"]["Name"] = "AttributeNameType"
write("cognito-idp", metadata, operations, shapes)

write("cognito-identity", *excerpt("cognito-identity", lambda _: FOR_CREDENTIALS))
