"""Django's settings for one node, computed from its folder; there is nothing to edit here.

Safe by default: no debug pages, no admin, a content policy without inline code, cookies bound to the host,
and https wherever the node is reached over a network.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from rogatory_node.base import configuration, home
from rogatory_node.look import WITH_PSEUDO
from rogatory_node.project import databases, journal, parts

ROGATORY_HOME = home.from_environment()
ROGATORY = configuration.load(ROGATORY_HOME.configuration)
_SECURE = ROGATORY.web.secure

SECRET_KEY = home.read_secret(ROGATORY_HOME.secret)
DEBUG = False
INSTALLED_APPS = parts.APPS
MIDDLEWARE = parts.MIDDLEWARE
TEMPLATES = parts.TEMPLATES
ROOT_URLCONF = "rogatory_node.project.urls"
WSGI_APPLICATION = "rogatory_node.project.wsgi.application"
DATABASES = {"default": databases.settings(ROGATORY.database, ROGATORY_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = journal.settings()

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
# A language is offered once its catalogue has been reviewed; a simulation offers the pseudo-language too.
LANGUAGES = list(WITH_PSEUDO if ROGATORY.mode == "simulation" else parts.LANGUAGES)
LANGUAGES_BIDI = list(parts.LANGUAGES_BIDI)
LANGUAGE_COOKIE_SECURE = _SECURE
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Hosts. The peer door never reads Host: its address comes from the configuration (PROTOCOL section 3).
ALLOWED_HOSTS = [ROGATORY.web.hostname, ROGATORY.approval_host]
CSRF_TRUSTED_ORIGINS = [ROGATORY.web.origin, ROGATORY.approval_origin]

# Transport. A proxy with TLS stands in front when the public address is https.
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _SECURE else None
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Cookies. A __Host- cookie is bound to this host: the approval host cannot read or set it.
SESSION_COOKIE_NAME = "__Host-session" if _SECURE else f"session-{urlsplit(ROGATORY.web.origin).port or 80}"
SESSION_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
CSRF_COOKIE_NAME = "__Host-csrf" if _SECURE else f"csrf-{urlsplit(ROGATORY.web.origin).port or 80}"
CSRF_COOKIE_SECURE = _SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, ROGATORY.web.origin, ROGATORY.approval_origin],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# Requests. A statement is at most 1 MiB and its envelope a little more; evidence is never posted as a form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
APPEND_SLASH = False

STATIC_URL = "/static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# People. Officers are enlisted by an operator; nobody signs up, and no address is asked for.
AUTH_USER_MODEL = "people.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{each}"}
    for each in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "rogatory_node.people.adapters.ClosedAccounts"
ACCOUNT_FORMS = {
    "login": "rogatory_node.desk.account_forms.SignIn",
    "reauthenticate": "rogatory_node.desk.account_forms.Again",
}
MFA_FORMS = {"authenticate": "rogatory_node.desk.account_forms.Code"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# django-axes locks first, in rows that every process shares; allauth counts in one process.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,20/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _SECURE
MFA_TOTP_ISSUER = f"rogatory {ROGATORY.party}"
AXES_USERNAME_CALLABLE = "rogatory_node.people.adapters.signs_in_as"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_RESET_ON_SUCCESS = True
