"""What is asked for again and again."""

from __future__ import annotations

from django.db import models


class Recurring(models.Model):
    """A job that repeats, and when it is asked for next."""

    name = models.CharField(max_length=80, unique=True)
    rule = models.CharField(max_length=40)
    zone = models.CharField(max_length=60, default="UTC")
    next_at = models.DateTimeField()
