"""Addresses of people."""

from django.urls import path

from throughline.people.web import (
    views_addresses,
    views_data,
    views_identity,
    views_merge,
    views_privacy,
    views_public,
    views_signed_in,
    views_staff,
)

app_name = "people"
urlpatterns = [
    path("demo/<str:code>/", views_public.use_demo_link, name="demo_link"),
    path("start/<str:code>/", views_public.start, name="start"),
    path("welcome/", views_public.welcome, name="welcome"),
    path("you/", views_signed_in.you, name="you"),
    path("you/about/", views_identity.about_you, name="about_you"),
    path("you/about/remove/", views_identity.take_back, name="take_back"),
    path("you/data/", views_data.my_data, name="my_data"),
    path("you/data/deletion/", views_data.deletion, name="deletion"),
    path("you/data/deletion/withdraw/", views_data.withdraw, name="withdraw_request"),
    path("you/data/file/", views_data.data_file, name="data_file"),
    path("you/addresses/", views_addresses.addresses, name="addresses"),
    path("you/addresses/code/", views_addresses.confirm_address, name="confirm_address"),
    path("you/zone/", views_signed_in.zone, name="zone"),
    path("you/assistants/<str:ref>/end/", views_signed_in.end_assistant, name="end_assistant"),
    path("you/network/", views_signed_in.switch_network, name="switch_network"),
    path("staff/", views_staff.staff, name="staff"),
    path("staff/requests/", views_privacy.requests, name="requests"),
    path("staff/requests/<str:ref>/", views_privacy.answer, name="answer_request"),
    path("staff/requests/<str:ref>/empty/", views_privacy.empty, name="empty"),
    path("staff/records/", views_merge.duplicates, name="duplicates"),
    path("staff/records/<str:ref>/part/", views_merge.part, name="part"),
    path("staff/records/<str:ref>/<str:other>/", views_merge.compare, name="compare"),
]
