"""People who submit jobs over HTTP and hear over their sockets that they are done."""

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Self

from bench.support.http import Ear, Http

PASSWORD = secrets.token_urlsafe(16)
CREATE = "/api/ai-agent/create-canvas"
PEOPLE = 10
JOB_SECONDS = 60.0


@dataclass
class Person:
    token: str
    ear: Ear
    http: Http

    @classmethod
    async def register(cls, url: str, name: str) -> Self:
        http = await Http.open(url)
        account = {"email": f"{name}@example.org", "password": PASSWORD, "name": name}
        token = (await http.post("/api/auth/register", account))["token"]
        return cls(token, await Ear.open(url, token), http)

    async def connect(self, url: str) -> None:
        """A connection that the server has not closed for being idle."""
        self.http.close()
        self.http = await Http.open(url)

    async def submit(self, instructions: str = "Draw") -> str:
        answer = await self.http.post(CREATE, {"instructions": instructions}, self.token)
        return str(answer["job_id"])

    async def until_notified(self, job_id: str, seconds: float = JOB_SECONDS) -> float:
        return await asyncio.wait_for(self.ear.completed(job_id), seconds)


@dataclass
class Alone:
    """Jobs that were submitted one after the other. Times in milliseconds."""

    accepted: list[float] = field(default_factory=list)  # the POST was answered
    notified: list[float] = field(default_factory=list)  # its author heard that it is completed
    ids: list[str] = field(default_factory=list)


class JobLoad:
    """`PEOPLE` with one connection and one socket each, in one event loop."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._people: list[Person] = []

    async def open(self) -> None:
        names = [f"person-{number}" for number in range(PEOPLE)]
        self._people = [await Person.register(self._url, name) for name in names]

    async def alone(self, jobs: int) -> Alone:
        result = Alone()
        await self._connect()
        for number in range(jobs):
            person = self._people[number % PEOPLE]
            started = time.perf_counter()
            job_id = await person.submit()
            result.accepted.append((time.perf_counter() - started) * 1000)
            result.notified.append((await person.until_notified(job_id) - started) * 1000)
            result.ids.append(job_id)
        return result

    async def burst(self, jobs: int, instructions: str = "Draw") -> float:
        """Seconds from the first submission until the last job was published as completed."""
        await self._connect()
        started = time.perf_counter()
        shares = [jobs // PEOPLE + (number < jobs % PEOPLE) for number in range(PEOPLE)]
        ends = await asyncio.gather(
            *(
                self._share(person, share, instructions)
                for person, share in zip(self._people, shares, strict=True)
                if share
            )
        )
        return max(ends) - started

    async def _share(self, person: Person, jobs: int, instructions: str) -> float:
        ids = [await person.submit(instructions) for _ in range(jobs)]
        return max([await person.until_notified(job_id) for job_id in ids])

    async def _connect(self) -> None:
        await asyncio.gather(*(person.connect(self._url) for person in self._people))

    async def close(self) -> None:
        for person in self._people:
            person.http.close()
            await person.ear.close()
