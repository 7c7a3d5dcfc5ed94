"""boto3: AWS credentials from the identity pool."""

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from pool import IDENTITY_POOL_ID, POOL_ID, REGION, USER, PoolTestCase

PROVIDER = f"cognito-idp.{REGION}.amazonaws.com/{POOL_ID}"


class Boto3Credentials(PoolTestCase):
    def setUp(self):
        super().setUp()
        config = Config(retries={"total_max_attempts": 1}, signature_version=UNSIGNED)
        self.client = boto3.client(
            "cognito-identity", endpoint_url=self.pool.url, region_name=REGION, config=config
        )
        self.addCleanup(self.client.close)

    def identity(self, **logins):
        return self.client.get_id(IdentityPoolId=IDENTITY_POOL_ID, **logins)["IdentityId"]

    def credentials(self, identity, **logins):
        answer = self.client.get_credentials_for_identity(IdentityId=identity, **logins)
        return answer["Credentials"]

    def test_boto3_gets_credentials_for_a_user(self):
        logins = {"Logins": {PROVIDER: self.signed_in(USER).id_token}}
        identity = self.identity(**logins)
        self.assertEqual(self.identity(**logins), identity)
        given = self.credentials(identity, **logins)
        self.assertTrue(given["AccessKeyId"].startswith("ASIA"))
        self.assertAlmostEqual(given["Expiration"].timestamp(), self.pool.advance(0) + 3600, delta=5)
        with self.refused(self.client, "NotAuthorizedException"):
            self.credentials(identity)
        self.pool.advance(3601)
        with self.refused(self.client, "NotAuthorizedException"):
            self.credentials(identity, **logins)

    def test_boto3_gets_credentials_for_a_guest(self):
        guest = self.identity()
        self.assertNotEqual(self.identity(), guest)
        self.assertIn("SessionToken", self.credentials(guest))
        with self.refused(self.client, "ResourceNotFoundException"):
            self.client.get_id(IdentityPoolId=f"{REGION}:00000000-0000-4000-8000-000000000000")
