"""RQ with one worker: forking for each job, or not."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from bench.peers.noop import note
from bench.peers.noops import NoopPeer
from bench.support.servers import PROGRAM_PATH, ROOT
from tests.support import processes
from tests.support.redis_server import RedisServer


class RqPeer(NoopPeer):
    def __init__(self, stack: ExitStack, redis: RedisServer, worker_class: str, name: str) -> None:
        super().__init__(redis, f"done:{worker_class}")
        self.name = name
        connection = Redis.from_url(redis.url)
        self._queue = Queue(worker_class, connection=connection, serializer=JSONSerializer)
        command = [
            *(Path(sys.executable).parent / "rq", "worker", worker_class, "--url", redis.url),
            *("--worker-class", worker_class, "--quiet"),
            *("--serializer", "rq.serializers.JSONSerializer"),
        ]
        process = processes.start(
            command,
            cwd=ROOT,
            env={"PYTHONPATH": PROGRAM_PATH},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(processes.stop, process)

    def enqueue(self) -> None:
        self._queue.enqueue(note, self.url, self.key, result_ttl=0)
