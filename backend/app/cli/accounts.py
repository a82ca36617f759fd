"""`user` and `token`: accounts, for the operator."""

import click
from rich.console import Console
from rich.table import Table

from app import create_app
from app.domain.errors import NotFound
from app.services import auth_service
from app.utils.passwords import MIN_LENGTH


@click.group()
def user() -> None:
    """Accounts."""


@user.command("create")
@click.argument("email")
@click.option("--name", prompt=True)
@click.password_option()
@click.option("--operator", is_flag=True, help="May see and cancel everybody's jobs.")
def create_user(email: str, name: str, password: str, operator: bool) -> None:
    """Create an account, whatever REGISTRATION says."""
    if len(password) < MIN_LENGTH:
        raise click.ClickException(f"The password needs {MIN_LENGTH} characters.")
    with create_app().app_context():
        created = auth_service.create_user(email, password, name, is_operator=operator)
        click.echo(f"{created.email} has an account now.")


@user.command("operator")
@click.argument("email")
@click.option("--revoke", is_flag=True, help="Not any more.")
def set_operator(email: str, revoke: bool) -> None:
    """Make somebody who has an account an operator."""
    with create_app().app_context():
        try:
            auth_service.set_operator(email, is_operator=not revoke)
        except NotFound as error:
            raise click.ClickException(error.message) from error
        click.echo(f"{email} is {'not an operator any more' if revoke else 'an operator now'}.")


@user.command("list")
def list_users() -> None:
    """All accounts."""
    table = Table("E-mail", "Name", "Operator", "Since")
    with create_app().app_context():
        for row in auth_service.list_users():
            table.add_row(
                row.email, row.name, "yes" if row.is_operator else "", f"{row.created_at:%F}"
            )
    Console().print(table)


@click.group()
def token() -> None:
    """API tokens."""


@token.command("create")
@click.argument("email")
@click.option("--name", default="command line", show_default=True)
def create_token(email: str, name: str) -> None:
    """Make a Bearer token for an account; it is shown once."""
    with create_app().app_context():
        click.echo(auth_service.create_token_for(email, name))
