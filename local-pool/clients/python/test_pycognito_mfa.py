"""pycognito: second factors."""

from pycognito.exceptions import SMSMFAChallengeException, SoftwareTokenMFAChallengeException

from pool import POOL_ID, USER, PoolTestCase, other_than
from totp import totp

PHONE = "+12065550100"


class Mfa(PoolTestCase):
    def allow(self, **kinds):
        self.boto().set_user_pool_mfa_config(UserPoolId=POOL_ID, MfaConfiguration="OPTIONAL", **kinds)

    def test_pycognito_signs_in_with_an_authenticator_app(self):
        self.allow(SoftwareTokenMfaConfiguration={"Enabled": True})
        cognito = self.signed_in(USER)
        secret = cognito.associate_software_token()
        self.assertTrue(cognito.verify_software_token(totp(secret, self.pool.advance(30)), "phone"))
        cognito.set_user_mfa_preference(sms_mfa=False, software_token_mfa=True, preferred="SOFTWARE_TOKEN")
        again = self.cognito(USER[0])
        with self.assertRaises(SoftwareTokenMFAChallengeException):
            again.authenticate(USER[1])
        code = totp(secret, self.pool.advance(30))
        with self.refused(again.client, "CodeMismatchException"):
            again.respond_to_software_token_mfa_challenge(other_than(code))
        again.respond_to_software_token_mfa_challenge(code)
        again.verify_tokens()

    def test_pycognito_signs_in_with_a_code_by_sms(self):
        role = "arn:aws:iam::123456789012:role/sms"
        self.allow(SmsMfaConfiguration={"SmsConfiguration": {"SnsCallerArn": role, "ExternalId": "local"}})
        self.pool.user(USER[0], attributes={"phone_number": PHONE, "phone_number_verified": "true"})
        self.signed_in(USER).set_user_mfa_preference(sms_mfa=True, software_token_mfa=False, preferred="SMS")
        again = self.cognito(USER[0])
        with self.assertRaises(SMSMFAChallengeException):
            again.authenticate(USER[1])
        code = self.pool.code(PHONE)
        with self.refused(again.client, "CodeMismatchException"):
            again.respond_to_sms_mfa_challenge(other_than(code))
        again.respond_to_sms_mfa_challenge(code)
        again.verify_tokens()
