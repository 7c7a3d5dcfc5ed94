"""boto3: the Sessions between challenges, second factors, and what a user does with an account."""

import base64
import json
import secrets

from pool import ADMIN, CLIENT_ID, PASSWORD_FLOW, POOL_ID, USER, PoolTestCase, other_than
from totp import totp


class Boto3(PoolTestCase):
    def setUp(self):
        super().setUp()
        self.client = self.boto()
        self.pool.client(explicit_auth_flows=[*PASSWORD_FLOW, "ALLOW_USER_AUTH"])

    def mfa(self, mode):
        self.client.set_user_pool_mfa_config(
            UserPoolId=POOL_ID, MfaConfiguration=mode, SoftwareTokenMfaConfiguration={"Enabled": True}
        )

    def begin(self, email=USER[0]):
        return self.client.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=CLIENT_ID,
            AuthParameters={"USERNAME": email, "PASSWORD": USER[1]},
        )

    def answer(self, name, session, username=USER[0], **answers):
        return self.client.respond_to_auth_challenge(
            ClientId=CLIENT_ID,
            ChallengeName=name,
            Session=session,
            ChallengeResponses={"USERNAME": username, **answers},
        )

    def token(self, email=USER[0]):
        return self.begin(email)["AuthenticationResult"]["AccessToken"]

    def code(self, secret):
        return totp(secret, self.pool.advance(30))

    def test_boto3_goes_the_whole_way_of_sessions_through_mfa_setup(self):
        self.mfa("ON")
        begun = self.begin()
        self.assertEqual(begun["ChallengeName"], "MFA_SETUP")
        associated = self.client.associate_software_token(Session=begun["Session"])
        code = self.code(associated["SecretCode"])
        verify = self.client.verify_software_token
        with self.refused(self.client, "NotAuthorizedException"):
            verify(Session=begun["Session"], UserCode=code)
        with self.refused(self.client, "EnableSoftwareTokenMFAException"):
            verify(Session=associated["Session"], UserCode=other_than(code))
        verified = verify(Session=associated["Session"], UserCode=code)
        with self.refused(self.client, "NotAuthorizedException"):
            self.answer("MFA_SETUP", verified["Session"], username=ADMIN[0])
        self.assertIn("AccessToken", self.answer("MFA_SETUP", verified["Session"])["AuthenticationResult"])
        with self.refused(self.client, "NotAuthorizedException"):
            self.answer("MFA_SETUP", verified["Session"])

        late = self.begin()
        self.assertEqual(late["ChallengeName"], "SOFTWARE_TOKEN_MFA")
        self.pool.advance(181)
        with self.refused(self.client, "NotAuthorizedException"):
            code = self.code(associated["SecretCode"])
            self.answer("SOFTWARE_TOKEN_MFA", late["Session"], SOFTWARE_TOKEN_MFA_CODE=code)

    def test_boto3_steps_up(self):
        self.mfa("OPTIONAL")
        token = self.token()
        secret = self.client.associate_software_token(AccessToken=token)["SecretCode"]
        self.client.verify_software_token(AccessToken=token, UserCode=self.code(secret))
        self.client.set_user_mfa_preference(AccessToken=token, SoftwareTokenMfaSettings={"Enabled": True})
        challenge = self.client.initiate_auth(
            AuthFlow="USER_AUTH",
            ClientId=CLIENT_ID,
            AuthParameters={
                "USERNAME": USER[0],
                "TARGET_ACR_VALUES": "urn:cognito:loa:4",
                "ACCESS_TOKEN": token,
            },
        )
        code = self.code(secret)
        answer = self.answer(challenge["ChallengeName"], challenge["Session"], SOFTWARE_TOKEN_MFA_CODE=code)
        payload = answer["AuthenticationResult"]["IdToken"].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        self.assertEqual(claims["acr"], "urn:cognito:loa:4")

    def test_boto3_lists_factors_and_sessions_and_ends_another(self):
        token, other = self.token(), self.token()
        factors = self.client.get_user_auth_factors(AccessToken=token)
        self.assertEqual(factors["ConfiguredUserAuthFactors"], ["PASSWORD"])
        sessions = self.client.list_user_sessions(AccessToken=token)["Sessions"]
        (there,) = [session["SessionId"] for session in sessions if not session["IsCurrentSession"]]
        self.client.revoke_user_session(AccessToken=token, SessionId=there)
        self.client.get_user(AccessToken=token)
        with self.refused(self.client, "NotAuthorizedException"):
            self.client.get_user(AccessToken=other)

    def test_boto3_changes_attributes_and_password(self):
        token, address = self.token(), "moved@example.com"
        attributes = [{"Name": "email", "Value": address}]
        self.client.update_user_attributes(AccessToken=token, UserAttributes=attributes)
        self.client.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")
        code = self.pool.code(address)
        with self.refused(self.client, "CodeMismatchException"):
            self.client.verify_user_attribute(
                AccessToken=token, AttributeName="email", Code=other_than(code)
            )
        self.client.verify_user_attribute(AccessToken=token, AttributeName="email", Code=code)
        with self.refused(self.client, "NotAuthorizedException"):
            self.client.change_password(
                AccessToken=token, PreviousPassword="Sunflower-43!", ProposedPassword="Marigold-43!"
            )
        self.client.delete_user(AccessToken=token)
        with self.refused(self.client, "NotAuthorizedException"):
            self.begin(address)

    def test_boto3_keeps_a_device(self):
        self.client.update_user_pool(
            UserPoolId=POOL_ID,
            DeviceConfiguration={
                "ChallengeRequiredOnNewDevice": True,
                "DeviceOnlyRememberedOnUserPrompt": True,
            },
        )
        result = self.begin()["AuthenticationResult"]
        device = {
            "AccessToken": result["AccessToken"],
            "DeviceKey": result["NewDeviceMetadata"]["DeviceKey"],
        }
        secret = {
            "PasswordVerifier": base64.b64encode(b"\1" + secrets.token_bytes(383)).decode(),
            "Salt": base64.b64encode(secrets.token_bytes(16)).decode(),
        }
        answer = self.client.confirm_device(**device, DeviceSecretVerifierConfig=secret)
        self.assertTrue(answer["UserConfirmationNecessary"])
        self.client.update_device_status(**device, DeviceRememberedStatus="remembered")
        self.assertEqual(self.client.get_device(**device)["Device"]["DeviceKey"], device["DeviceKey"])
        self.client.forget_device(**device)
        self.assertEqual(self.client.list_devices(AccessToken=result["AccessToken"])["Devices"], [])
