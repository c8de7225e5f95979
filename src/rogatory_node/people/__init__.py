"""People: officers, the authorities that they serve, their roles, and their approvals.

Names, credentials and salts stay in this room and at home; what travels is a role and a commitment. There is
no superuser and no group: a role is held for one authority, from a day, given by somebody. It decides who may
act; what an act means is for ``casework``. It follows PROTOCOL section 2 (Approval) and PRACTICE section 1.
"""

__all__ = [
    "approvals",
    "ceremony",
    "credentials",
    "models",
    "officers",
    "policy",
    "rules",
    "selectors",
]
