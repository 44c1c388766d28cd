"""Addresses of meetings."""

from django.urls import path

from throughline.meetings.web import views_public, views_signed_in

app_name = "meetings"
urlpatterns = [
    path("", views_signed_in.calendar, name="calendar"),
    path("feed/new/", views_signed_in.new_feed, name="new_feed"),
    path("feed/end/", views_signed_in.end_feed, name="end_feed"),
    path("feed/<str:code>.ics", views_public.feed, name="feed"),
    path("commitments/<str:ref>/done/", views_signed_in.done, name="done"),
    path("<str:ref>.ics", views_signed_in.occasion_file, name="occasion_file"),
    path("<str:ref>/reply/", views_signed_in.answer, name="answer"),
]
