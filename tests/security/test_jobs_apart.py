"""Long exports of one person are not there for another; a visitor's are found by nobody who was not told where."""

from __future__ import annotations

import pytest

from dashboards.roles import ROLES
from tests.security.addresses import job_of
from tests.security.house import WORD, Product

pytestmark = pytest.mark.timeout(600)
ENDS = ("", "/state", "/file")
SECRET = WORD["officials"].encode()


@pytest.mark.parametrize("owner", ROLES)
def test_a_job_of_one_person_is_there_for_nobody_else(running: Product, owner: str) -> None:
    job = job_of(running, owner, "public")
    for role in ("", *ROLES):
        browser = running.browser(role)
        for end in ENDS:
            answer = browser.get(f"/exports/jobs/{job.job_id}{end}")
            assert answer.status_code == (200 if role == owner else 404), (role, end)
            assert role == owner or SECRET not in answer.data
        if role != owner:
            browser.get("/sign-in")
            assert browser.post(f"/exports/jobs/{job.job_id}/cancel").status_code == 404


def test_who_may_see_less_now_is_not_given_the_file_of_before(running: Product) -> None:
    """Made for officials; its owner is a member today."""
    job = job_of(running, "member", "officials")
    browser = running.browser("member")
    assert {browser.get(f"/exports/jobs/{job.job_id}{end}").status_code for end in ENDS} == {404}


def test_signing_out_takes_the_way_to_ones_files(running: Product) -> None:
    job, browser = job_of(running, "steward"), running.browser("steward")
    assert browser.get(f"/exports/jobs/{job.job_id}/file").data.startswith(SECRET)
    browser.get("/sign-out")
    assert browser.post("/sign-out").status_code == 303
    assert {browser.get(f"/exports/jobs/{job.job_id}{end}").status_code for end in ENDS} == {404}


def test_visitors_find_their_own_by_a_name_that_nobody_guesses(running: Product) -> None:
    names = {job_of(running, "", "public").job_id for _ in range(3)}
    (name,) = names  # the same question has the same file
    assert len(name) == 22
    assert running.browser().get(f"/exports/jobs/{name}/file").status_code == 200
    wrong = (
        name[:-1],
        name + "A",
        name.swapcase(),
        "",
        ".",
        "..",
        "%2e%2e",
        "*",
        "job.json",
        f"{name}/job.json",
    )
    for guess in wrong:
        for end in ENDS:
            assert running.browser().get(f"/exports/jobs/{guess}{end}").status_code == 404, (guess, end)
