"""Prometheus metrics of this process. Labels are bounded: routes and types, never ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


@dataclass(frozen=True)
class JobGauges:
    """Facts about all jobs, read from the database when somebody asks."""

    by_status: Mapping[str, int]
    oldest_queued_seconds: float
    oldest_running_seconds: float


class ReadJobGauges(Protocol):
    def __call__(self) -> JobGauges: ...


class Metrics:
    """One registry an application, so that tests and processes do not share counts."""

    def __init__(self, read_jobs: ReadJobGauges) -> None:
        self._registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self.requests = Counter(
            "cc_http_requests", "HTTP requests", labels, registry=self._registry
        )
        self.durations = Histogram(
            "cc_http_request_duration_seconds",
            "Time to answer an HTTP request",
            ("method", "route"),
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._registry.register(_JobCollector(read_jobs))

    def render(self) -> bytes:
        return generate_latest(self._registry)


class _JobCollector(Collector):
    def __init__(self, read: ReadJobGauges) -> None:
        self._read = read

    def describe(self) -> Iterable[Metric]:
        return ()  # so that registering does not ask the database

    def collect(self) -> Iterable[Metric]:
        gauges = self._read()
        jobs = GaugeMetricFamily("cc_jobs", "AI jobs by status", labels=["status"])
        for status, count in gauges.by_status.items():
            jobs.add_metric([status], count)
        yield jobs
        yield GaugeMetricFamily(
            "cc_job_oldest_queued_seconds",
            "Age of the oldest job that waits for a worker; scale workers on this",
            value=gauges.oldest_queued_seconds,
        )
        yield GaugeMetricFamily(
            "cc_job_oldest_running_seconds",
            "Age of the oldest running attempt",
            value=gauges.oldest_running_seconds,
        )
