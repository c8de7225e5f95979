"""The addresses of the peer door (DESIGN section 4)."""

from django.urls import path

from rogatory_node.peers import door, packages, witness

__all__ = ["urlpatterns"]

urlpatterns = [
    path("peer/v1/statements", door.take_statement, name="peer-statements"),
    path("peer/v1/statements/<str:statement_id>/receipt", door.give_receipt, name="peer-receipt"),
    path("peer/v1/packages/<str:package>/<path:path>", packages.give_package, name="peer-package"),
    path("peer/v1/log/add-checkpoint", witness.add_checkpoint, name="peer-add-checkpoint"),
    path("peer/<path:rest>", door.give_nothing, name="peer-nothing"),
]
