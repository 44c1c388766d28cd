"""Addresses of evidence."""

from __future__ import annotations

from django.urls import path

from throughline.evidence.web import views_people

app_name = "evidence"
urlpatterns = [
    path("", views_people.districts, name="districts"),
    path("findings/<str:ref>/", views_people.finding, name="finding"),
    path("<str:code>/graduation/", views_people.graduation, name="graduation"),
    path("<str:code>/graduation/figures.csv", views_people.figures_file, name="figures"),
    path("<str:code>/graduation/load/", views_people.load, name="load"),
    path("<str:code>/graduation/keep/", views_people.keep, name="keep"),
]
