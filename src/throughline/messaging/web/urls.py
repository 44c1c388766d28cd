"""Addresses of messaging."""

from __future__ import annotations

from django.urls import path

from throughline.messaging.web import views_staff

app_name = "messaging"

urlpatterns = [
    path("", views_staff.outbox, name="outbox"),
    path("<str:ref>/", views_staff.message, name="message"),
    path("<str:ref>/release/", views_staff.release, name="release"),
    path("<str:ref>/discard/", views_staff.discard, name="discard"),
    path("<str:ref>/stop/", views_staff.stop, name="stop"),
]
