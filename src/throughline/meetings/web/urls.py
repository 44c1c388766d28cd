"""Addresses of meetings."""

from django.urls import path

from throughline.meetings.web import views_meeting, views_public, views_signed_in, views_team

app_name = "meetings"
urlpatterns = [
    path("", views_signed_in.calendar, name="calendar"),
    path("feed/new/", views_signed_in.new_feed, name="new_feed"),
    path("feed/end/", views_signed_in.end_feed, name="end_feed"),
    path("feed/<str:code>.ics", views_public.feed, name="feed"),
    path("commitments/<str:ref>/done/", views_signed_in.done, name="done"),
    path("teams/<str:ref>/", views_team.team, name="team"),
    path("teams/<str:ref>/plan/", views_team.plan, name="plan"),
    path("teams/<str:ref>/series/", views_team.series, name="series"),
    path("<str:ref>.ics", views_signed_in.occasion_file, name="occasion_file"),
    path("<str:ref>/reply/", views_signed_in.answer, name="answer"),
    path("<str:ref>/", views_meeting.meeting, name="meeting"),
    path("<str:ref>/close/", views_meeting.close, name="close"),
    path("<str:ref>/move/", views_team.move, name="move"),
    path("<str:ref>/off/", views_team.off, name="off"),
]
