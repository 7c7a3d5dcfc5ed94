"""pycognito: SRP of its own in Python, and tokens verified with PyJWT."""

from pycognito.aws_srp import AWSSRP
from pycognito.exceptions import ForceChangePasswordException, TokenVerificationException

from pool import ADMIN, CLIENT_ID, NEWCOMER, POOL_ID, USER, PoolTestCase, changing, flip, other_than


class SignIn(PoolTestCase):
    def test_pycognito_signs_in_by_srp_and_verifies_the_tokens(self):
        cognito = self.signed_in(USER)
        self.assertEqual(cognito.token_type, "Bearer")
        self.assertEqual(cognito.id_claims["aud"], CLIENT_ID)
        self.assertEqual(cognito.id_claims["email"], USER[0])
        self.assertEqual(cognito.access_claims["iss"], f"{self.pool.url}/{POOL_ID}")
        self.assertEqual(cognito.access_claims["sub"], cognito.id_claims["sub"])
        cognito.verify_tokens()
        with self.assertRaises(TokenVerificationException):
            cognito.verify_token(flip(cognito.access_token, -20), "access_token", "access")

    def test_pycognito_gets_the_groups(self):
        self.assertEqual(self.signed_in(ADMIN).access_claims["cognito:groups"], ["admins"])

    def test_pycognito_is_refused_with_a_wrong_password_or_as_an_unknown_user(self):
        for email, password in [(USER[0], "Sunflower-43!"), ("nobody@example.com", USER[1])]:
            cognito = self.cognito(email)
            with self.refused(cognito.client, "NotAuthorizedException") as refusal:
                cognito.authenticate(password)
            self.assertEqual(refusal.exception.response["Error"]["Message"], "Incorrect username or password.")

    def test_pycognito_is_refused_when_its_proof_is_changed_on_the_way(self):
        for name in ["PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK"]:
            with self.subTest(name):
                cognito = self.cognito(USER[0])
                changed = []

                def change(body, name=name, changed=changed):
                    body["ChallengeResponses"][name] = flip(body["ChallengeResponses"][name])
                    changed.append(name)

                changing(cognito.client, "RespondToAuthChallenge", change)
                with self.refused(cognito.client, "NotAuthorizedException"):
                    cognito.authenticate(USER[1])
                self.assertEqual(changed, [name])

    def test_pycognito_signs_in_with_many_salts_and_exponents(self):
        # Every eighth number or so begins with a byte that padding is about.
        for turn in range(24):
            self.pool.user(USER[0], password=USER[1])
            with self.subTest(turn):
                self.signed_in(USER)

    def test_pycognito_replaces_a_temporary_password(self):
        email, temporary = NEWCOMER
        cognito = self.cognito(email)
        with self.assertRaises(ForceChangePasswordException):
            cognito.authenticate(temporary)
        cognito.new_password_challenge(temporary, "Marigold-43!")
        cognito.verify_tokens()
        self.signed_in((email, "Marigold-43!"))

    def test_pycognito_is_told_of_an_account_to_be_confirmed_or_reset(self):
        for status, error in [
            ("UNCONFIRMED", "UserNotConfirmedException"),
            ("RESET_REQUIRED", "PasswordResetRequiredException"),
        ]:
            self.pool.user(USER[0], status=status)
            cognito = self.cognito(USER[0])
            with self.refused(cognito.client, error):
                cognito.authenticate(USER[1])


class Session(PoolTestCase):
    def test_pycognito_reads_the_user(self):
        user = self.signed_in(USER).get_user(attr_map={"email": "address"})
        self.assertEqual(user.address, USER[0])
        self.assertIs(user.email_verified, True)

    def test_pycognito_refreshes(self):
        cognito = self.signed_in(USER)
        before, refresh_token = cognito.access_claims, cognito.refresh_token
        self.pool.advance(60)
        cognito.renew_access_token()
        self.assertGreaterEqual(cognito.access_claims["iat"], before["iat"] + 60)
        self.assertEqual(cognito.access_claims["origin_jti"], before["origin_jti"])
        self.assertEqual(cognito.refresh_token, refresh_token)

    def test_pycognito_cannot_refresh_with_a_changed_or_expired_token(self):
        cognito = self.signed_in(USER)
        good = cognito.refresh_token
        cognito.refresh_token = flip(good, 40)
        with self.refused(cognito.client, "NotAuthorizedException"):
            cognito.renew_access_token()
        cognito.refresh_token = good
        self.pool.advance(31 * 86_400)
        with self.refused(cognito.client, "NotAuthorizedException"):
            cognito.renew_access_token()

    def test_pycognito_signs_out_everywhere(self):
        here, there = self.signed_in(USER), self.signed_in(USER)
        here.logout()
        with self.refused(there.client, "NotAuthorizedException"):
            there.get_user()
        with self.refused(there.client, "NotAuthorizedException"):
            there.renew_access_token()


class Account(PoolTestCase):
    def test_pycognito_signs_up_confirms_and_signs_in(self):
        email, password = "guest@example.com", "Hyacinth-7-days"
        cognito = self.cognito(email)
        cognito.set_base_attributes(email=email, given_name="Guest")
        answer = cognito.register(email, password)
        self.assertFalse(answer["UserConfirmed"])
        with self.refused(cognito.client, "UserNotConfirmedException"):
            cognito.authenticate(password)
        cognito.resend_confirmation_code(email)
        code = self.pool.code(email)
        with self.refused(cognito.client, "CodeMismatchException"):
            cognito.confirm_sign_up(other_than(code))
        cognito.confirm_sign_up(code)
        cognito.authenticate(password)
        self.assertEqual(cognito.id_claims["sub"], answer["UserSub"])
        self.assertEqual(cognito.id_claims["given_name"], "Guest")

    def test_pycognito_resets_a_forgotten_password(self):
        cognito = self.cognito(USER[0])
        cognito.initiate_forgot_password()
        code = self.pool.code(USER[0])
        with self.refused(cognito.client, "CodeMismatchException"):
            cognito.confirm_forgot_password(other_than(code), "Marigold-43!")
        cognito.confirm_forgot_password(code, "Marigold-43!")
        cognito.authenticate("Marigold-43!")
        with self.refused(cognito.client, "NotAuthorizedException"):
            self.signed_in(USER)


class Protocol(PoolTestCase):
    def test_pycognito_proof_is_for_one_pool_only(self):
        client = self.boto()
        srp = AWSSRP(*USER, pool_id="us-east-1_OtherPool", client_id=CLIENT_ID, client=client)
        with self.refused(client, "NotAuthorizedException"):
            srp.authenticate_user()
