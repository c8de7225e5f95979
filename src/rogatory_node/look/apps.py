"""The app's entry for Django; it has no models and no signals."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Registers templates, tags, static files and words under the label ``look``."""

    name = "rogatory_node.look"
    label = "look"
