"""The composition root: settings, database, adapters, routes and handlers meet here only."""

from collections.abc import Callable
from typing import Any

from apiflask import APIFlask
from flask import Flask, appcontext_pushed, g
from werkzeug.middleware.proxy_fix import ProxyFix

from app.adapters.metrics import Metrics
from app.config.redis_config import redis_config
from app.config.settings import Settings, UnsafeSettings
from app.extensions import db
from app.models.database import configure_engine, engine_options
from app.models.schema import migrate_database
from app.realtime.asgi import Realtime
from app.routes.blueprints import blueprints
from app.routes.bodies import install_body_checks
from app.routes.document import install_document
from app.routes.errors import install_errors
from app.routes.guards import hold_routes_to_the_table, install_guards
from app.routes.metrics import install_metrics
from app.routes.pages import install_headers
from app.runtime import Runtime, enter, leave
from app.services.doctor_service import redis_refusal
from app.services.jobs.engine import JobEngine
from app.services.metrics_service import build_metrics
from app.services.rate_limits import RateLimits
from app.utils.logger import configure_logging

VERSION = "0.1.0"
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
    _runtime(app, settings)
    if settings.redis_url:
        redis_config.configure(settings.redis_url)
    _doors(app, settings)
    return app


def create_server(settings: Settings | None = None) -> Any:
    """The ASGI application of a web process, its database brought up to date.

    Without Redis its own worker threads run the jobs; with Redis it only sweeps, and worker
    processes run them.

    Raises:
        UnsafeSettings: the settings, or the Redis they name, would lose jobs.
    """
    settings = settings or Settings()
    app = create_app(settings)
    if settings.redis_url:
        refusal = redis_refusal(redis_config)
        if refusal:
            raise UnsafeSettings(refusal)
    runtime = runtime_of(app)
    with runtime.scope():
        migrate_database()
        runtime.planner()  # a model that cannot be used is reported now, not by the first job
    engine = JobEngine(runtime, slots=settings.worker_slots if settings.embedded else 0)
    return asgi_of(app, on_start=engine.start, on_stop=lambda: _drain(engine))


def asgi_of(
    app: Flask,
    on_start: Callable[[], None] | None = None,
    on_stop: Callable[[], None] | None = None,
) -> Any:
    """The application with its sockets. `on_start` and `on_stop` bracket its life (the job engine's
    place)."""
    realtime = Realtime(runtime_of(app))
    app.extensions["realtime"] = realtime
    return realtime.beside(app.wsgi_app, on_start, on_stop)


def runtime_of(app: Flask) -> Runtime:
    found: Runtime = app.extensions["runtime"]
    return found


def _drain(engine: JobEngine) -> None:
    engine.drain()


def _flask(settings: Settings) -> APIFlask:
    app = APIFlask(
        "app", title="CollabCanvas", version=VERSION, spec_path="/api/openapi.json",
        docs_path=None, static_folder=None,  # type: ignore[arg-type]
    )  # fmt: skip
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.effective_secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        TESTING=settings.testing,
        OPENAPI_VERSION="3.1.0",
    )
    return app


def _database(app: Flask, settings: Settings) -> None:
    url = settings.sqlalchemy_url
    if url.startswith("sqlite"):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        configure_engine(db.engine)


def _runtime(app: Flask, settings: Settings) -> None:
    """Every application context works with the application's runtime."""
    runtime = Runtime(settings, scope=app.app_context, session=db.session)
    app.extensions["runtime"] = runtime

    def enter_runtime(_sender: Flask, **_: Any) -> None:
        g.outer_runtime = enter(runtime)

    @app.teardown_appcontext
    def leave_runtime(_error: BaseException | None) -> None:
        leave(g.pop("outer_runtime", None))

    appcontext_pushed.connect(enter_runtime, app, weak=False)


def _doors(app: APIFlask, settings: Settings) -> None:
    limits = RateLimits(settings.redis_url)
    app.extensions["rate_limits"] = limits
    install_metrics(app, runtime_of(app).shared(Metrics, build_metrics))
    install_guards(app, limits)
    install_body_checks(app)
    install_errors(app)
    install_headers(app, https=settings.secure_cookies)
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    hold_routes_to_the_table(app)
    install_document(app, https=settings.secure_cookies)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
