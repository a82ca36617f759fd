"""A fresh database for each test, copied from a template that was migrated once."""

import itertools
import shutil
from pathlib import Path
from typing import Any

from flask import Flask
from psycopg import sql

from app import create_app
from app.config.settings import Settings
from app.extensions import db
from app.models.schema import migrate_database
from tests.support.postgres_server import PostgresServer

SECRET = "a-secret-that-only-tests-know"
_number = itertools.count(1)


def settings_for(data_dir: Path, **changes: Any) -> Settings:
    return Settings(
        _env_file=None,
        **{
            "data_dir": data_dir,
            "secret_key": SECRET,
            "database_url": "",
            "redis_url": "",
            "testing": True,
            "rate_limits": False,
            "log_level": "WARNING",
            "ai_model": "offline",
            **changes,
        },
    )


def migrate(app: Flask) -> None:
    with app.app_context():
        migrate_database()
        db.engine.dispose()


class SqliteTemplate:
    def __init__(self, directory: Path) -> None:
        settings = settings_for(directory)
        migrate(create_app(settings))
        self.path = directory / "collabcanvas.sqlite3"

    def copy_to(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.path, data_dir / self.path.name)


class PostgresTemplate:
    name = "template_app"

    def __init__(self, server: PostgresServer, directory: Path) -> None:
        self.server = server
        with server.connect() as connection:
            connection.execute(f"CREATE DATABASE {self.name}")
        migrate(create_app(settings_for(directory, database_url=server.url(self.name))))

    def create(self) -> str:
        database = f"test_{next(_number)}"
        with self.server.connect() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(database), sql.Identifier(self.name)
                )
            )
        return database

    def drop(self, database: str) -> None:
        with self.server.connect() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database))
            )
