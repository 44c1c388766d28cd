"""Ways to sign in. An account may lead to one person in each network."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models.functions import Lower

from throughline.core import chance, clock
from throughline.people.models.network import Network
from throughline.people.models.person import Person

NO_PASSWORD = UNUSABLE_PASSWORD_PREFIX


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; written by hand because migrations cannot name a generated class."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> Account:
        """Create an account; without a password it signs in by e-mailed code only."""
        account = self.model(email=email.strip().lower(), **extra)
        if password is None:
            account.password = NO_PASSWORD + chance.token_bytes(20).hex()
        else:
            account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to sign in: an e-mail address, usually without a password. Global."""

    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.now)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="an_address_is_used_once"),
        ]

    def __str__(self) -> str:
        return self.email


class AccountPerson(models.Model):
    """Which person an account is in a network."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="persons")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="account_link")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "network"], name="one_person_per_account_and_network"
            ),
        ]


class OneTimeLink(models.Model):
    """A link that signs somebody in once: a demo's roles, or the first host of an installation. Global.

    The code itself is never stored.
    """

    purpose = models.CharField(max_length=20)
    code_hmac = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
