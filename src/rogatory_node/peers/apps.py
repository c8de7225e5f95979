"""The app's entry for Django."""

from django.apps import AppConfig

__all__ = ["PeersConfig"]


class PeersConfig(AppConfig):
    """Registers the room under the label ``peers``; it has no models."""

    name = "rogatory_node.peers"
    label = "peers"
