#!/usr/bin/env python3
"""Writes cognito-idp.json: the shapes of every Amazon Cognito operation that needs no AWS signature.

    pip install botocore==1.44.5 && python3 tests/data/make-cognito-idp.py
"""

import json
from pathlib import Path

import botocore
from botocore.loaders import Loader

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


model = Loader().load_service_model("cognito-idp", "service-2")
operations, waiting = {}, []
for name, operation in sorted(model["operations"].items()):
    if operation.get("authtype") != "none":
        continue
    kept = {role: operation[role]["shape"] for role in ("input", "output") if role in operation}
    kept["errors"] = [error["shape"] for error in operation.get("errors", [])]
    operations[name] = kept
    waiting += [shape for shape in (kept.get("input"), kept.get("output"), *kept["errors"]) if shape]

shapes = {}
while waiting:
    name = waiting.pop()
    if name not in shapes:
        shapes[name] = compact(model["shapes"][name])
        waiting += [part["shape"] for part in parts(model["shapes"][name])]


def lines(entries):
    return ",\n".join(f"  {json.dumps(name)}: {json.dumps(entries[name])}" for name in sorted(entries))


source = {"botocore": botocore.__version__, **{key: model["metadata"][key] for key in ("apiVersion", "targetPrefix")}}
Path(__file__).with_name("cognito-idp.json").write_text(
    f'{{\n"source": {json.dumps(source)},\n"operations": {{\n{lines(operations)}\n}},\n"shapes": {{\n{lines(shapes)}\n}}\n}}\n'
)
