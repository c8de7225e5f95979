"""The addresses of the API."""

from django.urls import path

from rogatory_node.api.service import api

__all__ = ["urlpatterns"]

urlpatterns = [path("api/v1/", api.urls)]
