"""A headless Chromium, driven through its DevTools protocol: no driver, no download, no dependency.

Chromium reads commands from file descriptor 3 and writes answers and events to 4, as JSON that ends in a zero byte
(`--remote-debugging-pipe`). Two named pipes and a shell put them there.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_KEYS = {"Tab": 9, "End": 35}
PATIENCE = 60
"""Seconds that one answer may take; a page takes a quarter of one."""


def find_chromium() -> str | None:
    """Return the program: the one that `CHROMIUM` names, else the first of the usual names in `PATH`."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next((found for name in NAMES if (found := shutil.which(name))), None)


def _options(profile: Path) -> list[str]:
    return [
        "--headless=new",
        "--remote-debugging-pipe",
        f"--user-data-dir={profile}",
        # A container's root has no sandbox to offer, and its /dev/shm is small. The pages are our own.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        # No host but this one is ever found: what a page asks of another is seen and goes nowhere.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--no-proxy-server",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-extensions",
        "--disable-sync",
        "about:blank",
    ]


class DevToolsError(Exception):
    """Chromium refused a command, raised an exception in a page, or answered nothing."""


class Browser:
    """A running Chromium with one tab.

    Attributes:
        events: What the tab has reported since the last `go`, oldest first: each with `method` and `params`.
    """

    def __init__(self, program: str, folder: Path) -> None:
        commands, answers = folder / "commands", folder / "answers"
        os.mkfifo(commands)
        os.mkfifo(answers)
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                ["sh", "-c", 'exec "$@" 3<"$COMMANDS" 4>"$ANSWERS"', "sh", program, *_options(folder / "profile")],
                env=os.environ | {"COMMANDS": str(commands), "ANSWERS": str(answers)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        # The shell opens its ends in this order too, so that neither waits for the other.
        self._commands = os.open(commands, os.O_WRONLY)
        self._answers = os.open(answers, os.O_RDONLY)
        self._rest = b""
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        (page,) = (one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        # A tab in the background draws no focus.
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._commands)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        os.close(self._answers)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result; events that arrive meanwhile are kept."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise DevToolsError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result

    def go(self, url: str) -> None:
        """Open an address and wait until it has loaded, its scripts have run, and it has drawn itself."""
        self.events.clear()
        result = self.call("Page.navigate", url=url)
        if "errorText" in result:
            raise DevToolsError(f"{url}: {result['errorText']}")
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._receive()
        self.settle()

    def settle(self) -> None:
        """Wait until the page has drawn what it was told."""
        self.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20))))")

    def wait(self, condition: str) -> None:
        """Wait until a JavaScript expression is true in the page."""
        until = time.monotonic() + PATIENCE
        while not self.run(condition):
            if time.monotonic() > until:
                raise DevToolsError(f"not so within {PATIENCE} seconds: {condition}")
            time.sleep(0.05)

    def look(self, *, width: int, height: int = 900, dark: bool = False) -> None:
        """Show pages in a window of this size to a reader who prefers light or dark."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.call("Emulation.setEmulatedMedia", features=features)

    def press(self, key: str) -> None:
        """Press and release a key that writes nothing."""
        for kind in ("rawKeyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=_KEYS[key])

    def run(self, script: str) -> Any:
        """Return what a JavaScript expression gives in the page, as plain data."""
        result = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise DevToolsError(details.get("exception", {}).get("description", details["text"]))
        return result["result"].get("value")

    def _receive(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._answers], [], [], max(0.0, until - time.monotonic()))
            part = os.read(self._answers, 1 << 20) if ready else b""
            if not part:
                raise DevToolsError("Chromium has ended" if ready else f"no answer within {PATIENCE} seconds")
            self._rest += part
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if "method" in message:
            self.events.append(message)
        return message
