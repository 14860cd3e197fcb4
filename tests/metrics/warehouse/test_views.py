"""Views that people keep: their own to name and delete, shared ones for the group to open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from metrics.warehouse import views
from metrics.warehouse.views import MOST_NAME, MOST_QUERY, NoView, TooManyViews, ViewBook, checked_name

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)

pytestmark = pytest.mark.engine


@pytest.fixture
def book(warehouse) -> ViewBook:
    return ViewBook(warehouse.engine)


def names(found) -> list[str]:
    return [view.name for view in found]


def test_views_are_kept_listed_and_deleted_by_their_person_alone(book: ViewBook) -> None:
    first = book.save("ada", "Stations", "indicators=fiveg_base_stations", AT)
    book.save("ada", "Passengers", "indicators=bcp_passengers_monthly", AT)
    book.save("bo", "Stations", "group=cities", AT)
    assert names(book.mine("ada")) == ["Passengers", "Stations"]
    with pytest.raises(NoView):
        book.delete("bo", first.view_id)
    book.delete("ada", first.view_id)
    assert names(book.mine("ada")) == ["Passengers"]
    assert names(book.mine("bo")) == ["Stations"]
    with pytest.raises(NoView):
        book.delete("ada", first.view_id)


def test_the_same_name_takes_the_place_of_the_view_before(book: ViewBook) -> None:
    first = book.save("ada", "Stations", "a=1", AT)
    again = book.save("ada", "  Stations ", "a=2", LATER, shared=True)
    (held,) = book.mine("ada")
    assert (held.view_id, held.query, held.shared, held.created_at) == (first.view_id, "a=2", True, AT)
    assert again == held


def test_shared_views_are_shown_to_others_until_they_are_not(book: ViewBook) -> None:
    view = book.save("ada", "Stations", "a=1", AT)
    assert book.shared("bo") == []
    book.change("ada", view.view_id, LATER, shared=True)
    assert names(book.shared("bo")) == ["Stations"]
    assert book.shared("ada") == []
    book.change("ada", view.view_id, LATER, shared=False)
    assert book.shared("bo") == []


def test_only_its_person_renames_a_view(book: ViewBook) -> None:
    view = book.save("ada", "Stations", "a=1", AT, shared=True)
    book.change("ada", view.view_id, LATER, name="5G 基站")
    assert names(book.mine("ada")) == ["5G 基站"]
    with pytest.raises(NoView):
        book.change("bo", view.view_id, LATER, name="Mine")


@pytest.mark.parametrize("name", ["", "   ", "x" * (MOST_NAME + 1), "a\u202eb", "a\x00b"])
def test_a_name_is_one_line_of_text(name: str) -> None:
    with pytest.raises(ValueError, match="name of a view"):
        checked_name(name)


def test_a_view_is_no_store_for_anything(book: ViewBook, monkeypatch) -> None:
    with pytest.raises(ValueError, match="query"):
        book.save("ada", "Long", "q=" + "x" * MOST_QUERY, AT)
    monkeypatch.setattr(views, "MOST_KEPT", 2)
    book.save("ada", "1", "", AT)
    book.save("ada", "2", "", AT)
    with pytest.raises(TooManyViews):
        book.save("ada", "3", "", AT)
    book.save("ada", "2", "a=1", LATER)


def test_views_go_with_their_person(book: ViewBook) -> None:
    for name in ("1", "2"):
        book.save("ada", name, "", AT, shared=True)
    book.save("bo", "1", "", AT)
    assert book.forget("ada") == 2
    assert book.mine("ada") == book.shared("bo") == []
    assert names(book.mine("bo")) == ["1"]
