"""Every address of the product, app by app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from throughline.people.web import views_public

PREFIXES = {
    "ui": "",
    "people": "",
    "messaging": "messages/",
    "programs": "programs/",
    "teams": "teams/",
    "ledger": "ledger/",
    "meetings": "meetings/",
    "evidence": "evidence/",
    "inquiry": "inquiry/",
    "admissions": "admissions/",
    "convenings": "convenings/",
    "coaching": "coaching/",
    "home": "",
}
"""Where each app's addresses begin; an app without pages is not here."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views_public.healthz, name="healthz"),
    path("account/", include("throughline.people.web.account_urls")),
    *(path(prefix, include(f"throughline.{app}.web.urls")) for app, prefix in PREFIXES.items()),
]
handler404 = "throughline.people.web.views_public.not_found"
handler500 = "throughline.people.web.views_public.broken"
