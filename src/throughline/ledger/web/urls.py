"""Addresses of the ledger."""

from django.urls import path

from throughline.ledger.web import views_held, views_signed_in, views_staff

app_name = "ledger"
urlpatterns = [
    path("", views_signed_in.promised, name="promised"),
    path("held/<str:ref>/", views_held.held, name="held"),
    path("held/<str:ref>/noted/", views_held.noted, name="noted"),
    path("more/<str:ref>/", views_held.answer, name="answer"),
    path("cohorts/<str:ref>/", views_staff.cohort, name="cohort"),
    path("cohorts/<str:ref>/spreadsheet/", views_staff.spreadsheet, name="spreadsheet"),
]
