"""The app's entry for Django."""

from django.apps import AppConfig

__all__ = ["PeopleConfig"]


class PeopleConfig(AppConfig):
    """Registers the models under the label ``people``, and the rules of who may do what."""

    name = "rogatory_node.people"
    label = "people"

    def ready(self) -> None:
        """Load the permissions: ``rules`` finds them by name afterwards."""
        from rogatory_node.people import rules  # noqa: F401, PLC0415  models must be ready first
