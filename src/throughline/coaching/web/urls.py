"""Addresses of coaching."""

from django.urls import path

from throughline.coaching.web import views_correct, views_signed_in, views_staff

app_name = "coaching"
urlpatterns = [
    path("", views_signed_in.coaching, name="coaching"),
    path("assign/", views_staff.assign, name="assign"),
    path("coaches/", views_staff.coaches, name="coaches"),
    path("sessions/<str:ref>/", views_signed_in.session, name="session"),
    path("sessions/<str:ref>/correct/", views_correct.correct, name="correct"),
    path("<str:ref>/log/", views_signed_in.log, name="log"),
    path("<str:ref>/plan/", views_signed_in.plan, name="plan"),
    path("<str:ref>/end/", views_staff.end, name="end"),
]
