"""Settings without a node: for migrations, the type checker and tests of the layers; it serves nothing."""

from __future__ import annotations

from rogatory_node.project import parts

SECRET_KEY = "no-node-no-secret"  # noqa: S105  nothing is signed under these settings
INSTALLED_APPS = parts.APPS
MIDDLEWARE = parts.MIDDLEWARE
TEMPLATES = parts.TEMPLATES
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend"]
AUTH_USER_MODEL = "people.Officer"
ROOT_URLCONF = "rogatory_node.project.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
