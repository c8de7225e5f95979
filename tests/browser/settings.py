"""Settings of the gallery's server: the look alone, no database, a strict Content-Security-Policy."""

from rogatory_node.look import LANGUAGES_BIDI, WITH_PSEUDO

SECRET_KEY = "only-for-the-gallery-of-the-browser-tests"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
DEBUG = False
ROOT_URLCONF = "urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "csp", "rogatory_node.look"]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
STATIC_URL = "/static/"
USE_I18N = True
USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES_BIDI = list(LANGUAGES_BIDI)
LANGUAGES = list(WITH_PSEUDO)

# Nothing inline, nothing from elsewhere: the policy under which every page must work.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
