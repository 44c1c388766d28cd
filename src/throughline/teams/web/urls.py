"""Addresses of teams."""

from django.urls import path

from throughline.teams.web import views_answer, views_roster

app_name = "teams"
urlpatterns = [
    path("", views_roster.mine, name="mine"),
    path("members/<str:ref>/", views_answer.answer, name="answer"),
    path("members/<str:ref>/remove/", views_roster.remove, name="remove"),
    path("members/<str:ref>/replace/", views_roster.replace, name="replace"),
    path("<str:ref>/", views_roster.team, name="team"),
    path("<str:ref>/invite/", views_roster.invite, name="invite"),
    path("<str:ref>/start/", views_roster.start, name="start"),
    path("<str:ref>/waive/", views_roster.waive, name="waive"),
]
