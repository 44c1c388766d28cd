"""Addresses of home."""

from django.urls import path

from throughline.home.web import views_public, views_report, views_staff

app_name = "home"
urlpatterns = [
    path("", views_public.front, name="front"),
    path("p/<str:ref>/", views_public.program, name="program"),
    path("p/<str:ref>/draft/", views_staff.draft, name="draft"),
    path("cohort/", views_staff.first_cohort, name="first_cohort"),
    path("cohort/<str:ref>/", views_staff.cohort, name="cohort"),
    path("cohort/<str:ref>/owed/", views_staff.owed, name="owed"),
    path("cohort/<str:ref>/report/", views_report.report, name="report"),
    path("cohort/<str:ref>/report/file/", views_report.report_file, name="report_file"),
    path("cohort/<str:ref>/report/numbers/", views_report.report_numbers, name="report_numbers"),
]
