"""Addresses of the ledger."""

from django.urls import path

from throughline.ledger.web import views_held, views_signed_in, views_staff, views_standing

app_name = "ledger"
urlpatterns = [
    path("", views_signed_in.promised, name="promised"),
    path("held/<str:ref>/", views_held.held, name="held"),
    path("held/<str:ref>/noted/", views_held.noted, name="noted"),
    path("more/<str:ref>/", views_held.answer, name="answer"),
    path("cohorts/<str:ref>/", views_staff.cohort, name="cohort"),
    path("cohorts/<str:ref>/spreadsheet/", views_staff.spreadsheet, name="spreadsheet"),
    path("cohorts/<str:ref>/standing/", views_standing.standing, name="standing"),
    path(
        "cohorts/<str:ref>/standing/<str:person>/<slug:rules>/<slug:rule>/",
        views_standing.waive,
        name="waive",
    ),
    path("waivers/<str:ref>/end/", views_standing.end, name="end_waiver"),
    path("rules/<str:ref>/", views_standing.try_rules, name="try"),
]
