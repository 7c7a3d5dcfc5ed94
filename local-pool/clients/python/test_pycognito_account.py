"""pycognito: what a user and an administrator change of an account."""

from pool import ADMIN, USER, PoolTestCase


class Account(PoolTestCase):
    def test_pycognito_changes_the_password(self):
        cognito = self.signed_in(USER)
        cognito.change_password(USER[1], "Marigold-43!")
        self.signed_in((USER[0], "Marigold-43!"))
        with self.refused(cognito.client, "NotAuthorizedException"):
            self.signed_in(USER)

    def test_pycognito_updates_the_profile_and_verifies_a_new_address(self):
        cognito = self.signed_in(USER)
        cognito.update_profile({"given_name": "Sun", "email": "moved@example.com"})
        cognito.send_verification("email")
        cognito.validate_verification(self.pool.code("moved@example.com"), "email")
        user = cognito.get_user()
        self.assertEqual((user.given_name, user.email), ("Sun", "moved@example.com"))
        self.assertIs(user.email_verified, True)

    def test_pycognito_deletes_the_account(self):
        cognito = self.signed_in(USER)
        cognito.delete_user()
        with self.refused(cognito.client, "NotAuthorizedException"):
            self.signed_in(USER)


class Administration(PoolTestCase):
    def test_pycognito_lists_users_and_groups(self):
        cognito = self.cognito(ADMIN[0])
        self.assertEqual(len(cognito.get_users()), 3)
        self.assertEqual([group.group_name for group in cognito.get_groups()], ["admins"])
        self.assertEqual(cognito.admin_list_groups_for_user(ADMIN[0]), ["admins"])
        self.assertEqual(cognito.admin_get_user().user_status, "CONFIRMED")

    def test_pycognito_confirms_disables_and_deletes_as_an_administrator(self):
        email, password = "guest@example.com", "Hyacinth-7-days"
        cognito = self.cognito(email)
        cognito.set_base_attributes(email=email)
        cognito.register(email, password)
        cognito.admin_confirm_sign_up()
        cognito.authenticate(password)
        cognito.admin_disable_user(email)
        with self.refused(cognito.client, "NotAuthorizedException"):
            cognito.authenticate(password)
        cognito.admin_enable_user(email)
        cognito.authenticate(password)
        cognito.admin_delete_user()
        with self.refused(cognito.client, "NotAuthorizedException"):
            cognito.authenticate(password)
