"""The WSGI application of the node."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

__all__ = ["application"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rogatory_node.project.settings")

application = get_wsgi_application()
