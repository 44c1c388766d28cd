"""Inquiry as a Django app."""

from django.apps import AppConfig


class InquiryConfig(AppConfig):
    """Equity challenges."""

    name = "throughline.inquiry"
    label = "inquiry"
