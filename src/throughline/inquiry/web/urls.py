"""Addresses of inquiry."""

from __future__ import annotations

from django.urls import path

from throughline.inquiry.web import views_team

app_name = "inquiry"
urlpatterns = [
    path("", views_team.challenges, name="challenges"),
    path("use/<str:ref>/", views_team.use, name="use"),
    path("<str:ref>/", views_team.challenge, name="challenge"),
    path("<str:ref>/missing/", views_team.missing, name="missing"),
    path("<str:ref>/ask/", views_team.ask, name="ask"),
    path("<str:ref>/agree/", views_team.agree, name="agree"),
]
