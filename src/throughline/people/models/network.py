"""The wall around everything a host owns."""

from __future__ import annotations

from django.db import models


class Network(models.Model):
    """One isolated tenant of an installation: its people see nothing of another network."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=60, default="America/New_York")
    locale = models.CharField(max_length=20, default="en-us")
    domain = models.CharField(max_length=200, blank=True)
    hue = models.CharField(max_length=7, blank=True)
    settings = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["domain"], condition=~models.Q(domain=""), name="one_network_a_domain"
            )
        ]

    def __str__(self) -> str:
        return self.name
