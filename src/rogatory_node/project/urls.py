"""The addresses of the node; each room brings its own and they are joined here."""

from __future__ import annotations

from django.urls import include, path

from rogatory_node.project import views

__all__ = ["urlpatterns"]

urlpatterns = [
    path("", include("rogatory_node.peers.urls")),
    path("", include("rogatory_node.api.urls")),
    path("", include("rogatory_node.desk.urls")),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("problems/<str:code>", views.explain_problem, name="problem"),
    path("health", views.health, name="health"),
]
