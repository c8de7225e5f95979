"""Addresses of the gallery's server: ``/<page>`` and, to hear a broken stream, ``/live``."""

from django.urls import include, path

urlpatterns = [path("", include("rogatory_node.look.gallery"))]
