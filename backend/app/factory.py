"""The composition root: settings, database, adapters, routes and handlers meet here and only here."""

from flask import Flask

from app.config.redis_config import redis_config
from app.config.settings import Settings
from app.extensions import db, migrate
from app.models.engine import configure_engine, engine_options
from app.utils.logger import configure_logging

MIGRATIONS = "migrations"
MAX_BODY_BYTES = 2 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Build the Flask application (HTTP and database; the socket server is put around it).

    Raises:
        UnsafeSettings: the settings would start an unsafe system.
    """
    settings = settings or Settings()
    configure_logging(settings.log_level, settings.log_format)
    app = _flask(settings)
    _database(app, settings)
    if settings.redis_url:
        redis_config.configure(settings.redis_url)
    return app


def _flask(settings: Settings) -> Flask:
    app = Flask("app")
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.effective_secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        TESTING=settings.testing,
    )
    return app


def _database(app: Flask, settings: Settings) -> None:
    url = settings.sqlalchemy_url
    if url.startswith("sqlite"):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    migrate.init_app(app, db, directory=MIGRATIONS, render_as_batch=True, compare_type=True)
    with app.app_context():
        configure_engine(db.engine)
