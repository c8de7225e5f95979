"""The app's entry for Django; it has no models."""

from django.apps import AppConfig

__all__ = ["DeskConfig"]


class DeskConfig(AppConfig):
    """Registers templates under the label ``desk``."""

    name = "rogatory_node.desk"
    label = "desk"
