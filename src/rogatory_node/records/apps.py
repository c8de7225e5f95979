"""The app's entry for Django."""

from django.apps import AppConfig

__all__ = ["RecordsConfig"]


class RecordsConfig(AppConfig):
    """Registers the models under the label ``records``."""

    name = "rogatory_node.records"
    label = "records"
