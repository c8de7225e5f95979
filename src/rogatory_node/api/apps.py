"""The app's entry for Django."""

from django.apps import AppConfig

__all__ = ["ApiConfig"]


class ApiConfig(AppConfig):
    """Registers the models under the label ``api``."""

    name = "rogatory_node.api"
    label = "api"
