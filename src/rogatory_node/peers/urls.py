"""The addresses of the peer door (DESIGN section 4)."""

from django.urls import path

from rogatory_node.peers import door

__all__ = ["urlpatterns"]

urlpatterns = [
    path("peer/v1/statements", door.take_statement, name="peer-statements"),
    path("peer/v1/statements/<str:statement_id>/receipt", door.give_receipt, name="peer-receipt"),
]
