"""The board and the thread page: what is shown, to whom."""

from __future__ import annotations


def test_a_request_that_one_person_sent_waits_for_a_second(desk, duty, preservation):
    page = desk(duty).get("/").content.decode()
    assert "Waits for others" in page
    assert "Ratification of what one person sent" in page
    assert "On a second person: approver or legal reviewer." in page


def test_the_thread_says_what_is_so(desk, duty, preservation):
    page = desk(duty).get(f"/threads/{preservation.thread}")
    assert page.status_code == 200
    words = page.content.decode()
    assert "Viet Nam asks France." in words
