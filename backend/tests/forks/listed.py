"""Where the program reaches into a library: digests of what it replaces or relies on there.

A digest that is not right any more says that the library changed there. Compare the change with
what our module does instead, then write the new digest. `docs/forks.md` says what each fork buys
and how to give it up.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fork:
    """`replaces`: what our classes override or use of what they inherit, which a test derives.
    `relies_on`: what our code takes for granted besides."""

    module: str
    replaces: dict[str, str] = field(default_factory=dict)
    relies_on: dict[str, str] = field(default_factory=dict)


_ENGINE = "engineio.async_server.AsyncServer"
_SOCKET = "engineio.async_socket.AsyncSocket"
_WEBSOCKET = "engineio.async_drivers.asgi.WebSocket"
_UVICORN = "uvicorn.protocols.websockets.websockets_sansio_impl.WebSocketsSansIOProtocol"
_DEFLATE = "websockets.extensions.permessage_deflate"

FORKS = [
    Fork(
        "app.realtime.engine_io",
        replaces={
            "engineio.base_socket.BaseSocket.__init__": "6e785fa1cd08",
            f"{_SOCKET}._websocket_handler": "2c1d454ff365",
            f"{_SOCKET}.check_ping_timeout": "26acb523caca",
            f"{_SOCKET}.close": "1071e99182ca",
            f"{_SOCKET}.receive": "d0b96c65449f",
            f"{_SOCKET}.schedule_ping": "193be8725d23",
            f"{_SOCKET}.send": "0d14cbe83d40",
            f"{_ENGINE}._handle_connect": "f6cc66ccb1d7",
            f"{_ENGINE}._service_task": "66081a181a40",
            f"{_ENGINE}._trigger_event": "0bc34f6f8708",
            f"{_ENGINE}.start_background_task": "c6b758114525",
            "engineio.base_server.BaseServer.generate_id": "993b7e8794cb",
        },
        relies_on={
            f"{_SOCKET}.handle_get_request": "f9b7a3145e01",
            f"{_SOCKET}._upgrade_websocket": "99ba3f729ff8",
            f"{_ENGINE}.handle_request": "c1bac2adc7ee",
            "engineio.base_server.BaseServer.__init__": "a3cb44aa99f1",
            "engineio.packet.Packet": "539114ee95b4",
            f"{_WEBSOCKET}.__init__": "e0877af60e9d",
            f"{_WEBSOCKET}.__call__": "7e839d13a736",
            f"{_WEBSOCKET}.send": "445d0820daec",
            f"{_WEBSOCKET}.wait": "35f92783bf01",
            f"{_WEBSOCKET}.close": "3500c61a78d2",
        },
    ),
    Fork(
        "app.realtime.wire",
        replaces={
            f"{_UVICORN}.__init__": "6e93e7d4ea3e",
            f"{_UVICORN}.send": "c76488a92e55",
            f"{_UVICORN}.shutdown": "b65de7c649d5",
            f"{_DEFLATE}.PerMessageDeflate.encode": "77df5cc5065a",
            f"{_DEFLATE}.ServerPerMessageDeflateFactory.process_request_params": "d9e0e54ecfc8",
        },
        relies_on={
            f"{_UVICORN}.handle_connect": "b3a47bdecf6b",
            f"{_UVICORN}.pause_writing": "79bd4348d0a2",
            f"{_UVICORN}.resume_writing": "1d2db4bb37b7",
            f"{_UVICORN}.run_asgi": "67c255d8dae5",
            f"{_DEFLATE}.PerMessageDeflate.__init__": "776dd9b5db98",
            "websockets.server.ServerProtocol.process_extensions": "67c86f69644c",
            "websockets.frames.Frame.serialize": "1e23b2eabd63",
            "engineio.async_drivers.asgi.translate_request": "66ed8af72b4b",
        },
    ),
    Fork(
        "app.realtime.delivery",
        replaces={
            "socketio.base_manager.BaseManager.__init__": "392506d216c7",
            "socketio.base_manager.BaseManager.get_participants": "383ed07575eb",
            "socketio.async_manager.AsyncManager.emit": "98d6d9ac89a6",
            "socketio.base_manager.BaseManager.initialize": "28acfa0a3a41",
        },
        relies_on={
            "socketio.async_server.AsyncServer.emit": "27f0de38c9e6",
            "socketio.async_server.AsyncServer._handle_eio_connect": "b7cbe2a84163",
            "socketio.base_server.BaseServer.__init__": "1dec8a233d0d",
            "socketio.packet.Packet.encode": "e9f48e02de9a",
            "engineio.packet.Packet.encode": "2a5043e447de",
        },
    ),
    Fork(
        "app.realtime.server",
        replaces={"socketio.async_server.AsyncServer._engineio_server_class": "726f2848023f"},
    ),
    Fork(
        "app.realtime.http_threads",
        relies_on={
            "a2wsgi.wsgi.Body": "20a880460f10",
            "a2wsgi.wsgi.build_environ": "9837c1781ce7",
            "a2wsgi.wsgi.WSGIResponder": "725b0ea01f90",
        },
    ),
    Fork(
        "app.adapters.ticket_listener",
        replaces={
            "rq.worker.base.BaseWorker._install_signal_handlers": "e7bf8d7dc2b0",
            "rq.worker.base.BaseWorker.heartbeat": "a41209efc263",
            "rq.worker.base.BaseWorker.key": "babb28b8779f",
            "rq.worker.base.BaseWorker.serialize": "febb0eb6d8d7",
            "rq.worker.worker_classes.SimpleWorker.execute_job": "638a10afedb2",
        },
        relies_on={
            "rq.worker.base.BaseWorker.request_stop": "2227dd3678ad",
            "rq.worker_registration.register": "523e24cde45c",
            "rq.queue.Queue.intermediate_queue_key": "c7ddf6c1506e",
        },
    ),
    Fork(
        "app.adapters.worker_registry",
        relies_on={"rq.worker_registration.get_keys": "f1a373468892"},
    ),
    Fork(
        "app.models.driver_statements",
        relies_on={
            "sqlalchemy.engine.base.Connection._handle_dbapi_exception": "292fa08c58eb",
            "sqlalchemy.sql.compiler.SQLCompiler.construct_expanded_state": "dc4d0e502217",
            "sqlalchemy.sql.compiler.ExpandedState": "e784c4555b96",
        },
    ),
    Fork(
        "app.models.postgres_connections",
        replaces={
            "psycopg.Connection.commit": "7f5c904321d2",
            "psycopg.Connection.cursor": "fc391c74651d",
            "psycopg.Connection.execute": "4d2165415e3f",
            "psycopg.Connection.rollback": "8954230d6e61",
            "psycopg.Connection.wait": "1ff9160881cf",
            "psycopg.Cursor.execute": "71003791bd56",
            "psycopg.Cursor.executemany": "ec7b1e38f98c",
            "psycopg._connection_base.BaseConnection.info": "55208fd0a0bd",
            "psycopg._cursor_base.BaseCursor.connection": "15354bcda379",
        },
        relies_on={
            "sqlalchemy.engine.default.DefaultDialect.do_ping": "fc2e4a0ef3cf",
            "sqlalchemy.pool.base._ConnectionFairy._checkout": "52eae898be5e",
            "psycopg._preparing.PrepareManager": "895e8e5993fe",
        },
    ),
]

# Subclasses as the library's manual describes them.
AS_DOCUMENTED = {"app.models.sql_time", "app.models.job_trends"}
# Private names of others' objects that are no fork: module, name, why it may be read.
OPEN_SECRETS = {
    ("app.models.driver_statements", "_handle_dbapi_exception"): "listed above",
    ("app.routes.describe", "_description"): "our own, on our own functions",
}
