"""The parts that every settings module shares: which apps, in which order, behind which middleware."""

from __future__ import annotations

from typing import Any, Final

from rogatory_node.look import LANGUAGES, LANGUAGES_BIDI

__all__ = ["APPS", "LANGUAGES", "LANGUAGES_BIDI", "MIDDLEWARE", "TEMPLATES"]

# The node's own rooms come first, so that their templates win. No django.contrib.admin: the desk is the only
# page of the node, and restricted data comes through selectors that take the acting officer first.
APPS: Final = [
    "rogatory_node.desk",
    "rogatory_node.api",
    "rogatory_node.peers",
    "rogatory_node.casework",
    "rogatory_node.vault",
    "rogatory_node.people",
    "rogatory_node.records",
    "rogatory_node.look",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # For allauth's page of the passkeys with which an officer signs in.
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "rules",
]

MIDDLEWARE: Final = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "rogatory_node.people.hosts.KeepHostsApart",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: Final[list[dict[str, Any]]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rogatory_node.desk.showing.frames.context",
            ]
        },
    }
]
