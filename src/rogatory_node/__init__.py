"""rogatory_node: the node that a Party installs to take part; Django, over the library ``rogatory``.

Rooms, from who knows to who is known: ``commands → project|demo → ops → desk|api|peers → casework →
vault|treaty → people → records → look → base``.
"""
