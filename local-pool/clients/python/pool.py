"""The local user pool's process, its control API and clients for it."""

import json
import os
import re
import subprocess
import unittest
import urllib.parse
import urllib.request

import boto3
from botocore.config import Config
from pycognito import Cognito

POOL_ID = "us-east-1_LocalPool"
CLIENT_ID = "localspaclient000000000001"
IDENTITY_POOL_ID = "us-east-1:10ca1000-0000-4000-8000-000000009229"
REGION = "us-east-1"

USER = ("user@example.com", "Sunflower-42!")
ADMIN = ("admin@example.com", "Sunflower-42!")
NEWCOMER = ("new@example.com", "Temporary-42!")

READY = "local-pool is ready"
PASSWORD_FLOW = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


class Pool:
    """A running pool."""

    def __init__(self):
        self._process = subprocess.Popen(
            [os.environ["LOCAL_POOL_BIN"], "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        self.url = None
        for line in self._process.stdout:
            if match := re.match(r"Endpoint\s+(http:\S+)", line):
                self.url = match[1]
            if line.strip() == READY:
                return
        raise RuntimeError(f"the local pool ended with code {self._process.wait()}")

    def stop(self):
        self._process.terminate()
        self._process.communicate()

    def reset(self):
        self._call("reset", {})

    def advance(self, seconds):
        """Moves the pool's clock, and only the pool's; its time then, in seconds since the epoch."""
        return self._call("clock", {"advance_seconds": seconds})["now"]

    def client(self, **settings):
        self._call("client", settings)

    def user(self, email, **state):
        return self._call("users", {"email": email, **state})

    def operations(self):
        """The operations called since the last reset, oldest first."""
        return [entry["operation"] for entry in self._call("log")["entries"]]

    def code(self, to):
        """The code last sent to an e-mail address or phone number."""
        return self._call(f"mailbox?to={urllib.parse.quote(to)}")["mails"][0]["code"]

    def _call(self, what, body=None):
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"{self.url}/control/{what}", data, timeout=30) as answer:
            return json.load(answer)


class PoolTestCase(unittest.TestCase):
    """Tests that begin with a pool as new."""

    @classmethod
    def setUpClass(cls):
        cls.pool = Pool()
        cls.addClassCleanup(cls.pool.stop)

    def setUp(self):
        self.pool.reset()

    def boto(self):
        """A client of boto3 whose keys are not those of anybody."""
        client = boto3.client("cognito-idp", **self._boto_arguments())
        self.addCleanup(client.close)
        return client

    def cognito(self, username=None):
        """pycognito's object for a user."""
        cognito = Cognito(POOL_ID, CLIENT_ID, username=username, boto3_client_kwargs=self._boto_arguments())
        self.addCleanup(cognito.client.close)
        return cognito

    def signed_in(self, credentials):
        """The same after a sign-in by SRP."""
        email, password = credentials
        cognito = self.cognito(email)
        cognito.authenticate(password)
        return cognito

    def _boto_arguments(self):
        return {
            "endpoint_url": self.pool.url,
            "region_name": REGION,
            "aws_access_key_id": "local",
            "aws_secret_access_key": "local",
            "config": Config(retries={"total_max_attempts": 1}),
        }

    def refused(self, client, error):
        """Expects the error of this name."""
        return self.assertRaises(getattr(client.exceptions, error))


def other_than(code):
    """A code of the right shape that is not this one."""
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}d}"


def flip(text, index=4):
    """`text` with one character changed to another of base64's alphabet."""
    return text[:index] + ("B" if text[index] == "A" else "A") + text[index + 1 :]


def changing(client, operation, change):
    """From now on `change(body)` may change what the client sends for this operation."""

    def before_call(params, **_):
        body = json.loads(params["body"])
        change(body)
        params["body"] = json.dumps(body).encode()

    client.meta.events.register(f"before-call.cognito-identity-provider.{operation}", before_call)
