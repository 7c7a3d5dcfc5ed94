"""pycognito: remembered devices, by the SRP exchange that it does for them."""

from unittest import mock

import requests
from pycognito.aws_srp import AWSSRP

from pool import CLIENT_ID, POOL_ID, USER, PoolTestCase, changing, flip


class Devices(PoolTestCase):
    def setUp(self):
        super().setUp()
        self.client = self.boto()
        self.client.update_user_pool(
            UserPoolId=POOL_ID,
            AutoVerifiedAttributes=["email"],
            DeviceConfiguration={
                "ChallengeRequiredOnNewDevice": True,
                "DeviceOnlyRememberedOnUserPrompt": False,
            },
        )
        # For these operations it knows no address but AWS's own.
        post = requests.post
        patch = mock.patch(
            "pycognito.aws_srp.requests.post", lambda _, **arguments: post(self.pool.url, **arguments)
        )
        patch.start()
        self.addCleanup(patch.stop)

    def srp(self, **device):
        return AWSSRP(*USER, pool_id=POOL_ID, client_id=CLIENT_ID, client=self.client, **device)

    def confirmed(self):
        """The arguments that make it sign in on a device that it has confirmed."""
        srp = self.srp()
        answer, password = srp.confirm_device(srp.authenticate_user(), "laptop")
        self.assertEqual(answer.status_code, 200, answer.text)
        return {
            "device_key": srp.device_key,
            "device_group_key": srp.device_group_key,
            "device_password": password,
        }

    def test_pycognito_signs_in_on_a_device_that_it_has_confirmed(self):
        device = self.confirmed()
        before = self.pool.operations().count("RespondToAuthChallenge")
        tokens = self.srp(**device).authenticate_user()["AuthenticationResult"]
        self.assertEqual(self.pool.operations().count("RespondToAuthChallenge") - before, 3)
        found = self.client.get_device(AccessToken=tokens["AccessToken"], DeviceKey=device["device_key"])
        attributes = {item["Name"]: item["Value"] for item in found["Device"]["DeviceAttributes"]}
        self.assertEqual(attributes["device_name"], "laptop")

    def test_pycognito_is_refused_without_the_devices_password(self):
        device = self.confirmed()
        device["device_password"] = flip(device["device_password"])
        with self.refused(self.client, "NotAuthorizedException"):
            self.srp(**device).authenticate_user()

    def test_pycognito_is_refused_when_the_devices_proof_is_changed_on_the_way(self):
        device = self.confirmed()

        def change(body):
            if body["ChallengeName"] == "DEVICE_PASSWORD_VERIFIER":
                answers = body["ChallengeResponses"]
                answers["PASSWORD_CLAIM_SIGNATURE"] = flip(answers["PASSWORD_CLAIM_SIGNATURE"])

        changing(self.client, "RespondToAuthChallenge", change)
        with self.refused(self.client, "NotAuthorizedException"):
            self.srp(**device).authenticate_user()

    def test_pycognito_forgets_a_device(self):
        device = self.confirmed()
        srp = self.srp(**device)
        token = srp.authenticate_user()["AuthenticationResult"]["AccessToken"]
        srp.update_device_status(False, token, device["device_key"])
        srp.forget_device(token, device["device_key"])
        self.assertEqual(self.client.list_devices(AccessToken=token)["Devices"], [])
        with self.refused(self.client, "ResourceNotFoundException"):
            self.srp(**device).authenticate_user()
