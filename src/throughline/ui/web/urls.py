"""Addresses of the design layer: the living page and the choice of colors."""

from django.urls import path

from throughline.ui.web import views_public

app_name = "ui"
urlpatterns = [
    path("style/", views_public.style, name="style"),
    path("theme/", views_public.theme, name="theme"),
    path("language/", views_public.language, name="language"),
]
