"""Practice: removal of content. No treaty basis, preserved first, one URL at a time, and speech for a person.

Art. 34(6) has each Party act at home on content of arts. 14 and 16; it opens no form of cooperation.
"""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, REMOVAL, each_item, no_items, stated
from rogatory.law.hanoi_2024.art35 import named_offences
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

REMOVAL_BASIS: Final = "hanoi_2024/prac.removal_basis"
REMOVAL_URL: Final = "hanoi_2024/prac.removal_url"
REMOVAL_PROVIDER: Final = "hanoi_2024/prac.removal_provider"
OUTCOME: Final = "hanoi_2024/prac.removal_outcome"
KEPT_FIRST: Final = "hanoi_2024/prac.removal_kept"
SPEECH: Final = "hanoi_2024/prac.removal_speech"
VICTIM: Final = "hanoi_2024/prac.removal_victim"
ART6_P2: Final = "hanoi_2024/art6.p2"
ART34_P6: Final = "hanoi_2024/art34.p6"
OF_ABUSE: Final = frozenset(("hanoi_2024/art14", "hanoi_2024/art16"))


@rule(cites=REMOVAL_BASIS, since=ADOPTED, kinds=REMOVAL)
def a_removal_rests_on_no_treaty_and_names_its_basis(facts: Facts, basis: Basis) -> Judgement:
    """The Convention has no basis for a removal; the request names a domestic law or a stated practice."""
    del basis
    if facts.said("removal/legal_basis"):
        return met(reason(REMOVAL_BASIS, "LAW-634"))
    return not_met([reason(REMOVAL_BASIS, "LAW-635")], [cure("LAW-375", facts.at("removal/legal_basis"))])


@rule(cites=ART34_P6, since=ADOPTED, kinds=REMOVAL)
def content_of_abuse_has_its_own_duty_at_home(facts: Facts, basis: Basis) -> Judgement | None:
    """For content of arts. 14 and 16 each Party acts at home; a person follows that way."""
    del basis
    if not OF_ABUSE & set(named_offences(facts)):
        return None
    return for_a_person(reason(ART34_P6, "LAW-647"))


@rule(cites=REMOVAL_URL, since=ADOPTED, kinds=REMOVAL)
def each_content_is_named_by_its_url(facts: Facts, basis: Basis) -> Judgement:
    """Each item is one piece of content, named by its URL; a domain or an account is a whole voice."""
    del basis
    if not facts.items:
        return no_items(facts, REMOVAL_URL)
    hashes = [item for item in facts.items if item.identifier_kind == "file_hash"]
    broad = [item for item in facts.items if item.identifier_kind not in ("url", "file_hash")]
    if broad:
        return not_met(
            [reason(REMOVAL_URL, "LAW-642", item=item.number) for item in broad],
            [cure("LAW-376", f"{item.path}/identifier") for item in broad],
        )
    if hashes:
        return for_a_person(*(reason(REMOVAL_URL, "LAW-643", item=item.number) for item in hashes))
    return met(reason(REMOVAL_URL, "LAW-101"))


@rule(cites=REMOVAL_PROVIDER, since=ADOPTED, kinds=REMOVAL)
def the_provider_that_is_asked_is_named(facts: Facts, basis: Basis) -> Judgement:
    """Each item names the provider that is asked to take the content down."""
    del basis
    return each_item(facts, REMOVAL_PROVIDER, lambda item: item.provider, "provider")


@rule(cites=OUTCOME, since=ADOPTED, kinds=REMOVAL)
def how_far_the_removal_reaches_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says whether content is to vanish everywhere or to be out of reach in one place only."""
    del basis
    outcome, path = facts.word("removal/outcome"), facts.at("removal/outcome")
    if outcome == "unreachable_here":
        return met(reason(OUTCOME, "LAW-101"))
    if outcome == "removal":
        return for_a_person(reason(OUTCOME, "LAW-644"))
    return not_met([reason(OUTCOME, "LAW-102")], [cure("LAW-301", path)])


@rule(cites=KEPT_FIRST, since=ADOPTED, kinds=REMOVAL)
def the_content_is_preserved_before_it_goes(facts: Facts, basis: Basis) -> Judgement:
    """The request names the preservation that was asked for first; what is gone proves nothing."""
    del basis
    path = facts.at("removal/kept_first")
    if facts.said("removal/kept_first"):
        return met(reason(KEPT_FIRST, "LAW-101"))
    return not_met([reason(KEPT_FIRST, "LAW-102")], [cure("LAW-377", path)])


@rule(cites=SPEECH, since=ADOPTED, kinds=REMOVAL)
def why_it_is_no_protected_expression_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says why what is to be taken down is no protected expression."""
    del basis
    return stated(SPEECH, present=facts.said("removal/speech"), path=facts.at("removal/speech"))


@rule(cites=ART6_P2, since=ADOPTED, kinds=REMOVAL)
def protected_expression_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether the content is protected expression is answered by a person, always."""
    del facts, basis
    return for_a_person(reason(ART6_P2, "LAW-645"))


@rule(cites=VICTIM, since=ADOPTED, kinds=REMOVAL)
def whom_the_content_harms_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whom the content harms, and whether that person wishes it to be gone, is for a person to find out."""
    del facts, basis
    return for_a_person(reason(VICTIM, "LAW-646"))
