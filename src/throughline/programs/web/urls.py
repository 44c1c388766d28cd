"""Addresses of programs."""

from django.urls import path

from throughline.programs.web import (
    views_around,
    views_editor,
    views_files,
    views_open,
    views_replan,
    views_staff,
)

app_name = "programs"
urlpatterns = [
    path("", views_staff.cohorts, name="cohorts"),
    path("open/", views_open.open_, name="open"),
    path("arrive/", views_files.arrive, name="arrive"),
    path("program/<str:ref>/file/<int:number>/", views_files.export, name="export"),
    path("copy/", views_editor.copy, name="copy"),
    path("program/<str:ref>/begin/", views_editor.begin, name="begin"),
    path("program/<str:ref>/draft/", views_editor.sentences, name="draft"),
    path("program/<str:ref>/draft/file/", views_editor.file, name="draft_file"),
    path("program/<str:ref>/draft/dates/", views_editor.draft_calendar, name="draft_calendar"),
    path("program/<str:ref>/draft/publish/", views_editor.publish_version, name="publish_version"),
    path("program/<str:ref>/draft/discard/", views_editor.discard, name="discard"),
    path("program/<str:ref>/draft/<slug:key>/", views_editor.section, name="draft_section"),
    path("cohorts/<str:ref>/", views_staff.cohort, name="cohort"),
    path("cohorts/<str:ref>/calendar/", views_staff.calendar, name="calendar"),
    path("cohorts/<str:ref>/people/", views_around.around, name="around"),
    path("cohorts/<str:ref>/people/<str:person>/<slug:role>/end/", views_around.part, name="part"),
    path("cohorts/<str:ref>/move/", views_replan.move, name="move"),
    path("cohorts/<str:ref>/upgrade/", views_replan.upgrade, name="upgrade"),
    path("cohorts/<str:ref>/publish/", views_open.publish, name="publish"),
]
