"""python-tuf's own client reads the register too, once it knows the custodians' kind of key."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tuf.api.exceptions import DownloadHTTPError, RepositoryError
from tuf.ngclient import FetcherInterface, Updater

from support.registers import START

SOON = START + timedelta(hours=1)


class FromFolder(FetcherInterface):
    def __init__(self, folder):
        super().__init__()
        self.folder = folder

    def _fetch(self, url):
        path = self.folder / url.removeprefix("https://host.example/")
        if not path.is_file():
            raise DownloadHTTPError("not found", 404)
        yield path.read_bytes()


@pytest.fixture
def updater(world):
    for name in ("metadata", "targets"):
        (world.folder / "client" / name).mkdir(parents=True)
    made = Updater(
        str(world.folder / "client/metadata"),
        "https://host.example/metadata/",
        str(world.folder / "client/targets"),
        "https://host.example/targets/",
        FromFolder(world.host / "public"),
        bootstrap=world.root,
    )
    # It reads the machine's clock when it is made; the register is of another year.
    made._trusted_set.reference_time = SOON
    return made


@pytest.mark.parametrize("name", ["identity.json", "authorities.json"])
def test_the_other_client_finds_each_partys_file(world, updater, name):
    updater.refresh()
    info = updater.get_targetinfo(f"parties/vnm/{name}")
    path = updater.download_target(info, str(world.folder / "client/targets/found"))
    assert b'"party":"vnm"' in Path(path).read_bytes()


def test_the_other_client_refuses_a_signature_of_one_half(world, updater):
    path = world.host / "public/metadata/timestamp.json"
    data = bytearray(path.read_bytes())
    # The last characters before the end of "sig" belong to the post-quantum half.
    data[data.index(b'"sig":"') + 2000] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(RepositoryError):
        updater.refresh()
