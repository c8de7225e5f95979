"""The specification's example computes, and what it promises by number is what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path

from rogatory import custody, messages, wire
from rogatory.register import documents, history, hybrid, layout, log, releases, snapshots, trust
from rogatory.wire import media_type

PAGE = (Path(__file__).parents[3] / "spec" / "register.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(?:json)?\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_computes():
    leaf, shown = BLOCKS[2].strip().encode(), BLOCKS[3].strip()
    assert wire.encode(wire.decode(leaf, log.Leaf)) == leaf
    assert custody.leaf_hash(leaf).hex() == shown


def test_the_example_has_the_members_of_its_document():
    example = json.loads(BLOCKS[1])
    authority, model = example["authorities"][0], documents.AuthorityIdentity
    assert set(example) == set(documents.PartyIdentity.model_fields)
    assert set(authority) == set(model.model_fields) - {"closed"}
    assert documents.CallBack.model_validate_json(json.dumps(authority["call_back"][0]))


def test_every_code_that_it_names_is_explained_and_every_code_of_the_room_is_named():
    named = set(re.findall(r"REG-\d{3}", PAGE))
    known = {code for code in messages.codes() if code.startswith("REG-")}
    assert named <= known
    # What only a keeper of a register, or its disk, can run into is no rule of the bytes.
    assert known - named == {f"REG-{number:03}" for number in (27, 28, 29, 30, 33, 36)}


def test_every_clause_that_the_source_cites_is_there():
    folder = Path(__file__).parents[3] / "src" / "rogatory" / "register"
    clauses = set(re.findall(r"^(\d+\.\d+) ", PAGE, re.MULTILINE))
    sections = set(re.findall(r"^## (\d+)\.", PAGE, re.MULTILINE))
    cited = set()
    for source in folder.glob("*.py"):
        text = source.read_text(encoding="utf-8")
        cited |= set(re.findall(r"spec/register\.md,? (?:section )?(\d+(?:\.\d+)?)", text))
    assert len(cited) > 5
    assert cited <= clauses | sections


def test_its_limits_and_names_are_those_of_the_code():
    assert (
        f"at most {layout.MAX_FILE >> 20} MiB, the timestamp at most {layout.MAX_TIMESTAMP >> 10} KiB" in PAGE
    )
    assert f"at most {layout.MAX_ROOTS} new roots" in PAGE
    assert f"{log.MAX_ENTRIES:,} leaves" in PAGE
    assert f"{history.MAX_BUNDLE >> 20} MiB" in PAGE
    assert f"`{hybrid.SCHEME}`" in PAGE
    assert hybrid.LABEL.rstrip(b"\x00").decode() in PAGE
    assert f"{int(trust.CALL_BACK_AFTER.total_seconds()) // 3600} hours" in PAGE
    assert media_type("register-identity", 1) in PAGE
    models = (
        documents.PartyIdentity,
        documents.PartyAuthorities,
        documents.RegisterFile,
        log.Leaf,
        releases.Release,
        snapshots.Manifest,
        history.Bundle,
    )
    for model in models:
        assert f"{model.model_fields['type'].default.replace('_', '-')}" in PAGE


def test_every_nature_and_channel_is_named():
    for word in (*documents.Nature, *documents.Channel):
        assert f"`{word}`" in PAGE
