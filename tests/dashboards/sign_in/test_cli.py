import pytest
import typer
from typer.testing import CliRunner

from dashboards.sign_in.attachment import register_of
from dashboards.sign_in.cli import cli
from dashboards.sign_in.settings import AuthSettings
from metrics.warehouse.warehouse import open_warehouse

SECRET = "a long and quiet sentence"


@pytest.fixture
def call(tmp_path):
    warehouse = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")
    warehouse.migrate()

    class Wiring:
        def register(self):
            return register_of(warehouse, AuthSettings(mode="password", secret_key="k" * 48))

    app = typer.Typer()
    app.add_typer(cli, name="user")

    @app.callback()
    def wire(context: typer.Context):
        context.obj = Wiring()

    yield lambda *words, typed=SECRET: CliRunner().invoke(app, ["user", *words], input=f"{typed}\n")
    warehouse.close()


def test_somebody_is_added_with_a_password_from_standard_input_and_listed(call):
    done = call("add", "wong", "--name", "Wong Siu Ming", "--role", "steward")
    assert done.exit_code == 0
    assert "Added wong (Wong Siu Ming) as steward" in done.output
    assert SECRET not in done.output
    listed = call("list").output
    assert "wong" in listed
    assert "steward" in listed
    assert "never" in listed


def test_what_is_refused_is_one_line_and_exit_code_1(call):
    call("add", "wong")
    for words in (("add", "wong"), ("disable", "nobody"), ("add", "chan", "--role", "minister")):
        done = call(*words)
        assert done.exit_code == 1, words
        assert len(done.output.strip().splitlines()) == 1
    assert call("add", "lee", typed="short").exit_code == 1


def test_somebody_is_shut_out_and_let_in_again(call):
    call("add", "wong")
    assert "disabled" in call("disable", "wong").output
    assert "may sign in again" in call("enable", "wong").output
    assert "is now member" in call("role", "wong", "member").output
    assert "sessions have ended" in call("password", "wong", typed="another long sentence").output
