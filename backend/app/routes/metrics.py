"""Metrics: counted at the door, told to whoever holds the token."""

import time
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, g, request

from app.services import metrics_service
from app.utils.browser import bearer_of

if TYPE_CHECKING:
    from app.adapters.metrics import Metrics

metrics_bp = Blueprint("metrics", __name__)


@metrics_bp.get("/metrics")
def metrics() -> Response:
    text = metrics_service.render(bearer_of(request.headers.get("Authorization")))
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


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
