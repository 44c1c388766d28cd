"""Settings, read from the environment. One file for every place the product runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import django
import django_stubs_ext
from csp.constants import NONE, SELF

from throughline.core import environment

django_stubs_ext.monkeypatch()

HERE = Path(__file__).parent
HOME = environment.home()
KEYS = HOME / "keys"
MAIL_FOLDER = HOME / "mail"

DEMO = (HOME / "demo.json").exists() or environment.truth("THROUGHLINE_DEMO")
"""A data folder marked as a demo: sign-in links exist there, on loopback only."""

COUNT_QUERIES = environment.truth("THROUGHLINE_COUNT_QUERIES")

_day = environment.day("THROUGHLINE_TODAY")
CLOCK_SHIFT = (
    timedelta(days=(_day - datetime.now(UTC).date()).days) if _day else timedelta()  # noqa: TID251
)
"""How far the clock of a demo is from the clock on the wall, in whole days."""

DEBUG = environment.truth("THROUGHLINE_DEBUG")
SECRET_KEY = environment.secret("THROUGHLINE_SECRET_KEY", KEYS)
MASTER_KEY_FILE = KEYS / "sealing_key"
"""Wraps the keys of private texts. Never part of a backup of the database."""

SITE_URL = environment.text("THROUGHLINE_URL", "http://127.0.0.1:8000").rstrip("/")
OWN_HOSTS = environment.text("THROUGHLINE_HOSTS").replace(",", " ").split()
ALLOWED_HOSTS = [
    *OWN_HOSTS,
    urlsplit(SITE_URL).hostname or "localhost",
    "127.0.0.1",
    "localhost",
    "[::1]",
    "testserver",
]
CSRF_TRUSTED_ORIGINS = [
    SITE_URL,
    *(SITE_URL.replace(urlsplit(SITE_URL).hostname or SITE_URL, host) for host in OWN_HOSTS),
]

APPS_IN_ORDER = [
    "core", "ui", "audit", "people", "jobs", "messaging", "releases", "forms", "programs", "teams",
    "ledger", "meetings", "evidence", "inquiry", "admissions", "convenings", "coaching", "home",
    "rehearsal", "composition",
]  # fmt: skip
"""The order in which apps may import one another (pyproject.toml holds it to that)."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    *(f"throughline.{app}" for app in APPS_IN_ORDER),
    "allauth",  # after our apps: our templates replace theirs
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *(["throughline.core.counting.QueryCounter"] if COUNT_QUERIES else []),
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "throughline.people.web.middleware.PersonMiddleware",
]

ROOT_URLCONF = "throughline.urls"
WSGI_APPLICATION = "throughline.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(django.__file__).parent / "forms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "throughline.ui.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "throughline.ui.forms.CommonsRenderer"

DATABASES = {
    "default": environment.database(environment.text("DATABASE_URL"), HOME / "throughline.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "throughline.people.web.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = int(environment.truth("THROUGHLINE_BEHIND_PROXY"))
"""One proxy of ours says who asks. Else everybody behind it would share one limit of sign-ins."""
SECOND_FACTOR_REQUIRED = not DEMO
"""Staff, coaches and whoever sees minors' data add a second factor; made-up people need none."""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
"""The first host arrives by her link, without a code; everybody else has proved an address."""
MFA_TOTP_ISSUER = "Throughline"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SESSION_COOKIE_SECURE else 0

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", "English"), ("es", "Español")]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [HERE / "locale"]

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

EMAIL_HOST = environment.text("THROUGHLINE_SMTP_HOST")
EMAIL_PORT = int(environment.text("THROUGHLINE_SMTP_PORT", "587"))
EMAIL_HOST_USER = environment.text("THROUGHLINE_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("THROUGHLINE_SMTP_PASSWORD")
EMAIL_USE_TLS = not environment.truth("THROUGHLINE_SMTP_PLAIN")
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "throughline.messaging.backend.EmlFiles"
)
EMAIL_FILE_PATH = str(MAIL_FOLDER)
DEFAULT_FROM_EMAIL = environment.text("THROUGHLINE_FROM", "Throughline <throughline@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
