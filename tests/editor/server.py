"""yaml-language-server over its protocol: what an editor would show of a text under a schema."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

HERE = Path(__file__).parent
_PROGRAM = Path("yaml-language-server/bin/yaml-language-server")
_SECONDS = 60


def program() -> Path | None:
    """Return the server, where it is installed: `EDITOR_MODULES`, or beside this file (`make editor` puts it there)."""
    named = os.environ.get("EDITOR_MODULES")
    for folder in (Path(named) if named else None, HERE / "node_modules"):
        if folder is not None and (folder / _PROGRAM).is_file() and shutil.which("node"):
            return folder / _PROGRAM
    return None


class Server:
    """The server as a process of ours, with a schema for each glob of files, as an editor's settings have it."""

    def __init__(self, root: Path, schemas: Mapping[str, list[str]]) -> None:
        found = program()
        assert found is not None
        self._root = root
        self._settings = {
            "yaml": {
                "schemas": dict(schemas),
                "validate": True,
                "hover": True,
                "completion": True,
                "schemaStore": {"enable": False},
                "kubernetesCRDStore": {"enable": False},
            }
        }
        self._process = subprocess.Popen(
            ["node", str(found), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
        )
        self._told: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._number = 0
        self._version: dict[str, int] = {}
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        uri = self._root.as_uri()
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}},
                "hover": {"contentFormat": ["markdown"]},
            },
        }
        self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": "project"}],
                "capabilities": capabilities,
            },
        )
        self._say("initialized", {})
        self._say("workspace/didChangeConfiguration", {"settings": self._settings})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.ask("shutdown", None)
            self._say("exit", None)
            self._process.wait(10)
        except (OSError, RuntimeError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        self._reader.join(10)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def opened(self, path: str, text: str) -> list[dict[str, Any]]:
        """Open a file with a text, or change its text; return what is marked in it."""
        uri = self._uri(path)
        if uri in self._version:
            self._version[uri] += 1
            document = {"uri": uri, "version": self._version[uri]}
            self._say("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        else:
            self._version[uri] = 1
            document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
            self._say("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                return list(message["params"]["diagnostics"])

    def offered(self, path: str, text: str) -> dict[str, dict[str, Any]]:
        """Return what is offered where `|` stands in a text, by label."""
        line, column, whole = _cursor(text)
        self.opened(path, whole)
        position = {"line": line, "character": column}
        found = self.ask("textDocument/completion", {"textDocument": {"uri": self._uri(path)}, "position": position})
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: item for item in items}

    def hovered(self, path: str, text: str) -> str:
        """Return what is shown where `|` stands in a text."""
        line, column, whole = _cursor(text)
        self.opened(path, whole)
        position = {"line": line, "character": column}
        found = self.ask("textDocument/hover", {"textDocument": {"uri": self._uri(path)}, "position": position})
        contents = (found or {}).get("contents", "")
        return str(contents["value"] if isinstance(contents, dict) else contents)

    def ask(self, method: str, params: Any) -> Any:
        """Send a request and return its result."""
        self._number += 1
        number = self._number
        self._write({"id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                if "error" in message:
                    raise RuntimeError(message["error"])
                return message.get("result")

    def _uri(self, path: str) -> str:
        return (self._root / path).as_uri()

    def _say(self, method: str, params: Any) -> None:
        self._write({"method": method, "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._process.stdin.flush()

    def _next(self) -> dict[str, Any]:
        """Return the next message, having answered what the server asks of an editor."""
        while True:
            message = self._told.get(timeout=_SECONDS)
            if message is None:
                raise RuntimeError("yaml-language-server ended")
            if "method" in message and "id" in message:
                result: Any = None
                if message["method"] == "workspace/configuration":
                    result = [self._settings.get(str(one.get("section", ""))) for one in message["params"]["items"]]
                self._write({"id": message["id"], "result": result})
                continue
            return message

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while (line := stream.readline().strip()) or not length:
                if not line:
                    self._told.put(None)
                    return
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            self._told.put(json.loads(stream.read(length)))


def _cursor(text: str) -> tuple[int, int, str]:
    before, mark, after = text.partition("|")
    assert mark
    return before.count("\n"), len(before.rpartition("\n")[2]), before + after
