"""Addresses of programs."""

from django.urls import path

from throughline.programs.web import views_open, views_staff

app_name = "programs"
urlpatterns = [
    path("", views_staff.cohorts, name="cohorts"),
    path("open/", views_open.open_, name="open"),
    path("cohorts/<str:ref>/", views_staff.cohort, name="cohort"),
    path("cohorts/<str:ref>/calendar/", views_staff.calendar, name="calendar"),
    path("cohorts/<str:ref>/publish/", views_open.publish, name="publish"),
]
