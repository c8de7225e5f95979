"""Practice: what a request to transfer a sentenced person, or proceedings, needs beyond arts. 38 and 39."""

from __future__ import annotations

from typing import Final

from rogatory import instruments
from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, PROCEEDINGS_TRANSFER, SENTENCED_TRANSFER, stated
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

JUDGMENT: Final = "hanoi_2024/prac.transfer_judgment"
FINAL: Final = "hanoi_2024/prac.transfer_final"
REMAINING: Final = "hanoi_2024/prac.transfer_remaining"
TIES: Final = "hanoi_2024/prac.transfer_ties"
NATIONALITY: Final = "hanoi_2024/prac.transfer_nationality"
FURTHER: Final = "hanoi_2024/prac.transfer_further_proceedings"
STAGE: Final = "hanoi_2024/prac.proceedings_stage"
EVIDENCE: Final = "hanoi_2024/prac.proceedings_evidence"
VICTIMS: Final = "hanoi_2024/prac.proceedings_victims"
LIMITATION: Final = "hanoi_2024/prac.proceedings_limitation"
SUSPECTS: Final = "hanoi_2024/prac.proceedings_suspects"
ONCE: Final = "hanoi_2024/prac.proceedings_once"
STAGES: Final = ("investigation", "prosecution", "trial")


@rule(cites=JUDGMENT, since=ADOPTED, kinds=SENTENCED_TRANSFER)
def the_judgment_is_named(facts: Facts, basis: Basis) -> Judgement:
    """The request names the judgment that is served: authority, reference and date."""
    del basis
    path = facts.at("sentenced_transfer/order")
    return stated(JUDGMENT, present=facts.ordered("sentenced_transfer/order"), path=path)


@rule(cites=FINAL, since=ADOPTED, kinds=SENTENCED_TRANSFER)
def the_judgment_is_final(facts: Facts, basis: Basis) -> Judgement:
    """The judgment is final; while an appeal is open there is no sentence to hand over."""
    del basis
    answer, path = facts.word("sentenced_transfer/judgment_final"), "sentenced_transfer/judgment_final"
    if answer == "no":
        return not_met([reason(FINAL, "LAW-583")], [cure("LAW-362", facts.at(path))])
    if answer == "unknown":
        return for_a_person(reason(FINAL, "LAW-584"), cures=[cure("LAW-301", facts.at(path))])
    return stated(FINAL, present=answer == "yes", path=facts.at(path))


@rule(cites=REMAINING, since=ADOPTED, kinds=SENTENCED_TRANSFER)
def enough_of_the_sentence_remains(facts: Facts, basis: Basis) -> Judgement:
    """The request states what remains to be served; where that is under six months, a person looks at it.

    Six months is what the treaties on such transfers ask, as a rule; the Convention sets no term.
    """
    del basis
    left, path = facts.number("sentenced_transfer/remaining_months"), "sentenced_transfer/remaining_months"
    least = int(str(instruments.entry(REMAINING).values["value"]))
    if left is not None and left < least:
        return for_a_person(reason(REMAINING, "LAW-585", months=left, least=least))
    return stated(REMAINING, present=left is not None, path=facts.at(path))


@rule(cites=TIES, since=ADOPTED, kinds=SENTENCED_TRANSFER)
def the_ties_of_the_person_are_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says which ties make a return to life after release easier where the rest is served."""
    del basis
    path = facts.at("sentenced_transfer/ties")
    return stated(TIES, present=facts.said("sentenced_transfer/ties"), path=path)


@rule(cites=NATIONALITY, since=ADOPTED, kinds=SENTENCED_TRANSFER)
def the_person_is_a_national_of_one_of_the_two(facts: Facts, basis: Basis) -> Judgement | None:
    """The person is a national of one of the two Parties; a resident of another nationality is looked at."""
    others = [item for item in facts.items if item.nationality not in (basis.requesting, basis.requested)]
    if others:
        return for_a_person(
            *(reason(NATIONALITY, "LAW-586", item=each.number) for each in others),
            cures=[cure("LAW-301", f"{each.path}/identifier/nationality") for each in others],
        )
    return met(reason(NATIONALITY, "LAW-101")) if facts.items else None


@rule(cites=FURTHER, since=ADOPTED, kinds=SENTENCED_TRANSFER)
def no_other_proceedings_hold_the_person(facts: Facts, basis: Basis) -> Judgement:
    """No other proceedings against the person are open; where some are, a person looks at them first."""
    del basis
    answer = facts.word("sentenced_transfer/further_proceedings")
    if answer in ("yes", "unknown"):
        return for_a_person(reason(FURTHER, "LAW-587", answer=answer))
    path = facts.at("sentenced_transfer/further_proceedings")
    return stated(FURTHER, present=answer == "no", path=path)


@rule(cites=STAGE, since=ADOPTED, kinds=PROCEEDINGS_TRANSFER)
def the_stage_of_the_proceedings_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says how far the proceedings have come: investigation, prosecution or trial."""
    del basis
    path = facts.at("proceedings/stage")
    return stated(STAGE, present=facts.word("proceedings/stage") in STAGES, path=path)


@rule(cites=EVIDENCE, since=ADOPTED, kinds=PROCEEDINGS_TRANSFER)
def the_evidence_to_hand_over_is_described(facts: Facts, basis: Basis) -> Judgement:
    """The request describes the evidence that would be handed over."""
    del basis
    path = facts.at("proceedings/evidence")
    return stated(EVIDENCE, present=facts.said("proceedings/evidence"), path=path)


@rule(cites=VICTIMS, since=ADOPTED, kinds=PROCEEDINGS_TRANSFER)
def the_victims_are_provided_for(facts: Facts, basis: Basis) -> Judgement:
    """The request says who was harmed and how the victims are told and heard where the case goes."""
    del basis
    path = facts.at("proceedings/victims")
    return stated(VICTIMS, present=facts.said("proceedings/victims"), path=path)


@rule(cites=LIMITATION, since=ADOPTED, kinds=PROCEEDINGS_TRANSFER)
def the_time_left_to_prosecute_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says when prosecution lapses, so that the case is not handed over to die."""
    del basis
    path = facts.at("proceedings/limitation")
    return stated(LIMITATION, present=facts.said("proceedings/limitation"), path=path)


@rule(cites=SUSPECTS, since=ADOPTED, kinds=PROCEEDINGS_TRANSFER)
def the_suspects_are_where_the_case_goes(facts: Facts, basis: Basis) -> Judgement:
    """The request says in which Party the suspects are; where it is not the requested one, look again."""
    party = facts.word("proceedings/suspects_in")
    if len(party) == len(basis.requested) and party != basis.requested:
        return for_a_person(reason(SUSPECTS, "LAW-588", party=party, other=basis.requested))
    return stated(SUSPECTS, present=party == basis.requested, path=facts.at("proceedings/suspects_in"))


@rule(cites=ONCE, since=ADOPTED, kinds=PROCEEDINGS_TRANSFER)
def no_two_proceedings_run_at_once(facts: Facts, basis: Basis) -> Judgement:
    """Proceedings at home end when they are taken over: nobody answers twice for the same conduct."""
    del basis
    answer, path = facts.word("proceedings/continues_at_home"), facts.at("proceedings/continues_at_home")
    if answer == "yes":
        return not_met([reason(ONCE, "LAW-589")], [cure("LAW-363", path)])
    if answer == "unknown":
        return for_a_person(reason(ONCE, "LAW-590"), cures=[cure("LAW-363", path)])
    return stated(ONCE, present=answer == "no", path=path)
