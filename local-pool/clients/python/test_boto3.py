"""boto3: each operation as the AWS SDK for Python sends it and reads its answer."""

from botocore.exceptions import ClientError

from pool import CLIENT_ID, NEWCOMER, PASSWORD_FLOW, USER, PoolTestCase, other_than


class Boto3(PoolTestCase):
    def setUp(self):
        super().setUp()
        self.client = self.boto()
        self.pool.client(explicit_auth_flows=PASSWORD_FLOW)

    def authenticate(self, email=USER[0], password=USER[1]):
        return self.client.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=CLIENT_ID,
            AuthParameters={"USERNAME": email, "PASSWORD": password},
        )

    def tokens(self):
        return self.authenticate()["AuthenticationResult"]

    def refresh(self, token):
        return self.client.initiate_auth(
            AuthFlow="REFRESH_TOKEN_AUTH", ClientId=CLIENT_ID, AuthParameters={"REFRESH_TOKEN": token}
        )["AuthenticationResult"]

    def rotate(self, token):
        return self.client.get_tokens_from_refresh_token(ClientId=CLIENT_ID, RefreshToken=token)[
            "AuthenticationResult"
        ]

    def test_boto3_signs_in_and_reads_the_user(self):
        tokens = self.tokens()
        self.assertEqual(tokens["ExpiresIn"], 3600)
        user = self.client.get_user(AccessToken=tokens["AccessToken"])
        attributes = {attribute["Name"]: attribute["Value"] for attribute in user["UserAttributes"]}
        self.assertEqual(attributes["email"], USER[0])
        self.assertEqual(attributes["sub"], user["Username"])

    def test_boto3_knows_the_errors(self):
        with self.refused(self.client, "NotAuthorizedException"):
            self.authenticate(password="Sunflower-43!")
        with self.refused(self.client, "ResourceNotFoundException"):
            self.client.sign_up(ClientId="nobodysclient", Username=USER[0], Password=USER[1])
        with self.refused(self.client, "InvalidParameterException"):
            self.client.initiate_auth(AuthFlow="USER_SRP_AUTH", ClientId=CLIENT_ID, AuthParameters={})
        with self.assertRaises(ClientError) as refusal:
            self.client.get_user(AccessToken="a.b.c")
        self.assertEqual(refusal.exception.response["ResponseMetadata"]["HTTPStatusCode"], 400)

    def test_boto3_refreshes_in_both_ways(self):
        token = self.tokens()["RefreshToken"]
        for way in (self.refresh, self.rotate):
            fresh = way(token)
            self.assertNotIn("RefreshToken", fresh)
            self.client.get_user(AccessToken=fresh["AccessToken"])

    def test_boto3_rotates_refresh_tokens(self):
        self.pool.client(refresh_token_rotation={"enabled": True, "retry_grace_period_seconds": 0})
        first = self.tokens()["RefreshToken"]
        second = self.rotate(first)["RefreshToken"]
        self.assertNotEqual(first, second)
        with self.refused(self.client, "RefreshTokenReuseException"):
            self.rotate(first)

    def test_boto3_revokes_a_token(self):
        tokens = self.tokens()
        self.client.revoke_token(ClientId=CLIENT_ID, Token=tokens["RefreshToken"])
        with self.refused(self.client, "NotAuthorizedException"):
            self.refresh(tokens["RefreshToken"])
        with self.refused(self.client, "NotAuthorizedException"):
            self.client.get_user(AccessToken=tokens["AccessToken"])

    def test_boto3_signs_up_and_resets(self):
        account = {"ClientId": CLIENT_ID, "Username": "guest@example.com"}
        email = {"Name": "email", "Value": account["Username"]}
        answer = self.client.sign_up(**account, Password="Hyacinth-7-days", UserAttributes=[email])
        self.assertEqual(answer["CodeDeliveryDetails"]["DeliveryMedium"], "EMAIL")
        code = self.pool.code(account["Username"])
        with self.refused(self.client, "CodeMismatchException"):
            self.client.confirm_sign_up(**account, ConfirmationCode=other_than(code))
        self.client.confirm_sign_up(**account, ConfirmationCode=code)
        self.client.forgot_password(**account)
        code = self.pool.code(account["Username"])
        self.client.confirm_forgot_password(**account, ConfirmationCode=code, Password="Marigold-43!")
        self.authenticate(account["Username"], "Marigold-43!")

    def test_boto3_answers_new_password_required(self):
        challenge = self.authenticate(*NEWCOMER)
        self.assertEqual(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED")
        answer = {
            "ClientId": CLIENT_ID,
            "ChallengeName": challenge["ChallengeName"],
            "Session": challenge["Session"],
            "ChallengeResponses": {"USERNAME": NEWCOMER[0], "NEW_PASSWORD": "Marigold-43!"},
        }
        self.assertIn("AccessToken", self.client.respond_to_auth_challenge(**answer)["AuthenticationResult"])
        with self.refused(self.client, "NotAuthorizedException"):
            self.client.respond_to_auth_challenge(**answer)
