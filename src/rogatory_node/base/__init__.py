"""The floor of the node: configuration, the clock, randomness, events, errors and problem documents.

It holds no model, no page and no rule of the Convention. It alone reads the time and draws random bytes;
every other room is handed them. It follows DESIGN sections 3 and 7.
"""

from rogatory_node.base.errors import NodeError
from rogatory_node.base.roles import Role

__all__ = ["NodeError", "Role", "clock", "configuration", "events", "home", "problems", "randomness"]
