"""The app's entry for Django."""

from django.apps import AppConfig

__all__ = ["VaultConfig"]


class VaultConfig(AppConfig):
    """Registers the models under the label ``vault``."""

    name = "rogatory_node.vault"
    label = "vault"
