"""Addresses of admissions."""

from django.urls import path

from throughline.admissions.web import (
    views_answer,
    views_applicant,
    views_committee,
    views_dossier,
    views_public,
    views_reviewer,
    views_selection,
    views_staff,
)

app_name = "admissions"
urlpatterns = [
    path("calls/<str:ref>/check/", views_public.check, name="check"),
    path("calls/<str:ref>/start/", views_applicant.start, name="start"),
    path("", views_applicant.mine, name="mine"),
    path("applications/<str:ref>/", views_applicant.application, name="application"),
    path("applications/<str:ref>/parts/<str:part>/", views_applicant.part, name="part"),
    path("applications/<str:ref>/check/", views_applicant.check_answers, name="check_answers"),
    path("applications/<str:ref>/pdf/", views_applicant.application_file, name="application_file"),
    path("applications/<str:ref>/receipt/", views_applicant.receipt, name="receipt"),
    path("applications/<str:ref>/change/", views_applicant.take_back, name="take_back"),
    path("applications/<str:ref>/withdraw/", views_applicant.withdraw, name="withdraw"),
    path("applications/<str:ref>/answer/", views_answer.answer, name="answer"),
    path("reviews/", views_reviewer.reviews, name="reviews"),
    path("reviews/<str:ref>/tie/", views_reviewer.tie, name="tie"),
    path("reviews/<str:ref>/pdf/", views_reviewer.review_file, name="review_file"),
    path("reviews/<str:ref>/", views_reviewer.review, name="review"),
    path("calls/<str:ref>/", views_staff.call, name="call"),
    path("calls/", views_staff.calls, name="calls"),
    path("calls/<str:ref>/exceptions/", views_staff.cases, name="cases"),
    path("exceptions/<str:ref>/", views_staff.case, name="case"),
    path("calls/<str:ref>/reading/", views_staff.reading, name="reading"),
    path("calls/<str:ref>/readers/", views_staff.name_reader_, name="name_reader"),
    path("calls/<str:ref>/assign/", views_staff.assign, name="assign"),
    path("ties/<str:ref>/", views_staff.dismiss, name="dismiss"),
    path("calls/<str:ref>/selection/", views_selection.selection_, name="selection"),
    path(
        "calls/<str:ref>/selection/print/", views_selection.selection_print, name="selection_print"
    ),
    path("applications/<str:ref>/dossier/", views_dossier.dossier, name="dossier"),
    path("calls/<str:ref>/selection/propose/", views_committee.propose, name="propose"),
    path("calls/<str:ref>/selection/adopt/", views_committee.adopt, name="adopt"),
    path("calls/<str:ref>/selection/take-back/", views_committee.take_back, name="take_back_list"),
    path("calls/<str:ref>/decisions/", views_committee.decisions_, name="decisions"),
    path("calls/<str:ref>/decisions/sign/", views_committee.sign, name="sign"),
    path("decisions/<str:ref>/", views_committee.decision, name="decision"),
]
