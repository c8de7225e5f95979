"""Django's settings in tests: those of a real node, in a folder that goes away with the process."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="rogatory-node-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

CONFIGURATION = """
format = 1
mode = "simulation"
party = "vnm"

[[authorities]]
id = "vnm/a05"
name = "Department A05"

[[authorities]]
id = "vnm/spp"
name = "Supreme People's Procuracy"

[web]
public_url = "http://localhost:8000"
"""

for folder in ("keys", "packages", "register", "run"):
    (HOME / folder).mkdir()
(HOME / "node.toml").write_text(CONFIGURATION)
(HOME / "keys" / "django.secret").touch(mode=0o600)
(HOME / "keys" / "django.secret").write_text("for tests only " * 4)
os.environ["ROGATORY_NODE"] = str(HOME)

from rogatory_node.project.settings import *  # noqa: E402, F403

# Tests sign officers in often; what is tested is never the cost of a hash.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
