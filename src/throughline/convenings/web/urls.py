"""Addresses of convenings."""

from django.urls import path

from throughline.convenings.web import views_desk, views_signed_in, views_staff

app_name = "convenings"
urlpatterns = [
    path("", views_signed_in.events, name="events"),
    path("half-days/<str:ref>/", views_desk.desk, name="desk"),
    path("seats/<str:ref>/answer/", views_signed_in.answer, name="answer"),
    path("<str:ref>.ics", views_signed_in.event_file, name="event_file"),
    path("<str:ref>/", views_signed_in.event, name="event"),
    path("<str:ref>/register/<str:engagement>/", views_signed_in.add_people, name="add_people"),
    path("<str:ref>/overview/", views_staff.overview, name="overview"),
    path("<str:ref>/publish/", views_staff.publish, name="publish"),
    path("<str:ref>/move/", views_staff.move, name="move"),
    path("<str:ref>/cancel/", views_staff.cancel, name="cancel"),
    path("<str:ref>/close/", views_staff.close, name="close"),
]
