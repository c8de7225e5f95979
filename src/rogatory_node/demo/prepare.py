"""Makes one node of the demo: folder, keys, database, officers, tokens. A process of its own.

Run as ``python -m rogatory_node.demo.prepare FOLDER``, with a plan in JSON on standard input; it answers with
each officer's token in JSON.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from rogatory.keys import Purpose
from rogatory.values import parse_instant
from rogatory_node.base import Role, configuration, keystore
from rogatory_node.base.home import VARIABLE, Home
from rogatory_node.base.randomness import random_bytes

__all__ = ["main", "make"]


def make(folder: Path, plan: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Make the node and return, by name for signing in, each officer's token and first password."""
    from rogatory_node.ops import layout  # noqa: PLC0415 - only this process needs it

    home = Home(folder.resolve())
    settings = configuration.read(plan["configuration"], "node.toml")
    layout.lay_out(home, settings)
    for authority in settings.authority_ids:
        # An encryption key lives 90 days and the case half a year: the next one is there from the start.
        keystore.make(home, authority, Purpose.ENCRYPTION, rehearsal=False)
    os.umask(0o077)
    os.environ[VARIABLE] = str(home.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "rogatory_node.project.settings"
    import django  # noqa: PLC0415 - the settings read the folder that was made above

    django.setup()
    from rogatory_node.api import tokens  # noqa: PLC0415 - rooms with models come after Django
    from rogatory_node.ops import setup, staff  # noqa: PLC0415 - rooms with models come after Django

    setup.found(at=parse_instant(plan["clock"]))
    made = {}
    for each in plan["officers"]:
        password = random_bytes(9).hex()
        officer = staff.enlist_or_find(each["username"], each["name"], language="en", password=password)
        for authority in each["authorities"]:
            for role in each["roles"]:
                staff.appoint(officer, authority, Role(role))
        # The case lasts half a year of simulated time.
        made[each["username"]] = {
            "token": tokens.make(officer, "demo", life=tokens.LIFE * 3, passkeys=True),
            "password": password,
        }
    return made


def main() -> None:
    """Read the plan, make the node, print what was made."""
    sys.stdout.write(json.dumps(make(Path(sys.argv[1]), json.load(sys.stdin))))


if __name__ == "__main__":
    main()
