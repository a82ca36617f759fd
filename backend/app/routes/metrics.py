"""Metrics: counted at the door, shown to programs that have the token."""

import time
from typing import TYPE_CHECKING

from apiflask import APIBlueprint
from flask import Flask, Response, g, request

from app.domain.errors import NotFound
from app.routes.describe import TEXT, answers, refuses
from app.services import metrics_service
from app.utils.browser import bearer_of

if TYPE_CHECKING:
    from app.adapters.metrics import Metrics

metrics_bp = APIBlueprint("metrics", __name__, tag="Health")

PLAIN_TEXT = "text/plain; version=0.0.4; charset=utf-8"


@metrics_bp.get("/metrics")
@answers({"text/plain": TEXT}, says="The metrics.")
@refuses(NotFound)
def get_metrics() -> Response:
    """Metrics for Prometheus

    Needs `METRICS_TOKEN` as Bearer, unless only this machine can reach the server.
    """
    text = metrics_service.render(bearer_of(request.headers.get("Authorization")))
    return Response(text, content_type=PLAIN_TEXT)


def install_metrics(app: Flask, metrics: "Metrics") -> None:
    app.extensions["metrics"] = metrics

    @app.before_request
    def _begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def _count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        metrics.requests.labels(request.method, route, f"{response.status_code // 100}xx").inc()
        if "began" in g:
            elapsed = time.perf_counter() - g.began
            metrics.durations.labels(request.method, route).observe(elapsed)
        return response
