"""The app's entry for Django."""

from django.apps import AppConfig

__all__ = ["CaseworkConfig"]


class CaseworkConfig(AppConfig):
    """Registers the models under the label ``casework``."""

    name = "rogatory_node.casework"
    label = "casework"
