"""The addresses of the desk, and of the approval pages on their own origin."""

from __future__ import annotations

from django.urls import path, re_path

from rogatory_node.desk import (
    acknowledge,
    answer,
    approve,
    ask,
    board,
    contents,
    decide,
    draft,
    enrol,
    entitle,
    evidence,
    follow_up,
    law,
    live,
    look,
    new,
    onward,
    order,
    parties,
    passkeys,
    ratify,
    report,
    say,
    search,
    several,
    statement,
    take_back,
    thread,
    threads,
)

__all__ = ["app_name", "urlpatterns"]

app_name = "desk"

ID = "[0-9a-f]{64}"
ONE = rf"threads/(?P<thread_id>{ID})"
PACKAGE = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ABOUT = rf"(?P<statement_id>{ID})"

urlpatterns = [
    path("", board.board, name="board"),
    path("search", search.search, name="search"),
    path("threads", threads.threads, name="threads"),
    re_path(rf"^{ONE}$", thread.thread, name="thread"),
    re_path(rf"^{ONE}/statements/{ABOUT}$", statement.statement, name="statement"),
    re_path(rf"^{ONE}/acknowledge/{ABOUT}$", acknowledge.acknowledge, name="acknowledge"),
    re_path(rf"^{ONE}/ask/{ABOUT}$", ask.ask, name="ask"),
    re_path(rf"^{ONE}/answer/{ABOUT}$", answer.answer, name="answer"),
    re_path(rf"^{ONE}/decide/{ABOUT}$", decide.decide, name="decide"),
    re_path(rf"^{ONE}/order/{ABOUT}$", order.order, name="order"),
    re_path(rf"^{ONE}/report/{ABOUT}$", report.report, name="report"),
    re_path(rf"^{ONE}/ratify/{ABOUT}$", ratify.ratify, name="ratify"),
    re_path(rf"^{ONE}/recall/{ABOUT}$", take_back.recall, name="recall"),
    re_path(rf"^{ONE}/withdraw/{ABOUT}$", take_back.withdraw, name="withdraw"),
    re_path(rf"^{ONE}/follow-up/{ABOUT}$", follow_up.follow_up, name="follow-up"),
    re_path(rf"^{ONE}/say/(?P<act>[a-z_]{{1,40}})$", say.say, name="say"),
    re_path(rf"^{ONE}/title/{ABOUT}$", entitle.entitle, name="entitle"),
    re_path(rf"^{ONE}/evidence/{ABOUT}$", evidence.evidence, name="evidence"),
    re_path(
        rf"^{ONE}/packages/(?P<package_id>{PACKAGE})/receipt.pdf$", evidence.receipt, name="package-receipt"
    ),
    re_path(rf"^{ONE}/contents/(?P<package_id>{PACKAGE})$", contents.contents, name="contents"),
    re_path(rf"^{ONE}/onward/(?P<package_id>{PACKAGE})$", onward.onward, name="onward"),
    path("requests/new", new.new, name="new"),
    path("requests/several", several.several, name="several"),
    path("requests/begun", several.begun, name="begun"),
    path("information/new", say.inform, name="inform"),
    path("drafts/<uuid:draft_id>", draft.draft, name="draft"),
    path("drafts/<uuid:draft_id>/several", several.several, name="draft-several"),
    path("parties", parties.parties, name="parties"),
    path("passkeys", passkeys.passkeys, name="passkeys"),
    path("passkeys/enrol", passkeys.begin, name="begin-enrolment"),
    path("law/<path:anchor>", law.law, name="law"),
    path("live", live.live, name="live"),
    path("look/<slug:choice>", look.look, name="look"),
    # On the approval origin, and nowhere else (people.hosts).
    path("approve/enter/<slug:key>", approve.enter, name="enter"),
    path("approve/passkey", enrol.enrol, name="enrol"),
    path("approve/<uuid:draft_id>", approve.approve, name="approve"),
]
