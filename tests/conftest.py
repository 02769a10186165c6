"""What tests share: the built casebook, a server for it, and a browser that lets nothing pass unnoticed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, sync_playwright

import environment

BROWSER_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG_22 = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def project_root() -> Path:
    return environment.ROOT


@pytest.fixture(scope="session")
def site(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real casebook, built once by MkDocs alone, as nobody's repository and at no address."""
    target = tmp_path_factory.mktemp("casebook") / "site"
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("CASEBOOK_", "GITHUB_"))}
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(target)],
        cwd=project_root,
        env=ours | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert build.returncode == 0, f"The casebook does not build:\n{build.stdout}\n{build.stderr}"
    return target


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files as GitHub Pages does: without a log, and with the site's own page for what is not there."""

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class QuietServer(ThreadingHTTPServer):
    """A browser that leaves a page drops its connections; that is no fault to be told of."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves any folder on this machine only and gives its address, which ends in a slash."""
    running: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = QuietServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def server(site: Path, serve: Callable[[Path], str]) -> str:
    """The address of the served casebook; it ends in a slash."""
    return serve(site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=environment.ensure_browser(), args=BROWSER_FLAGS)
        yield browser
        browser.close()


class Watch:
    """Keeps what must not happen in a browser: a request that leaves this machine, an error in the console or in a script."""

    def __init__(self, context: BrowserContext, home: str, allowed: tuple[str, ...]) -> None:
        self.home, self.allowed = home, allowed
        self.faults: list[str] = []
        context.route(lambda address: not self.is_home(address), self.refuse)
        context.on("console", self.listen)
        context.on("weberror", lambda wrong: self.note(f"script: {wrong.error}"))

    def is_home(self, address: str) -> bool:
        return address.startswith((self.home, "data:", "blob:", "about:"))

    def refuse(self, route: Route) -> None:
        self.note(f"request to another host: {route.request.url}")
        route.abort()

    def listen(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.note(f"console: {said.text} ({said.location['url']})")

    def note(self, fault: str) -> None:
        if not any(part in fault for part in self.allowed):
            self.faults.append(fault)


@pytest.fixture
def new_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Makes pages in contexts of their own: `new_page(color_scheme="dark")`, `new_page(java_script_enabled=False)`.

    `home` is the only address that may be asked, by default the served casebook; paths given to `goto` start there. The test
    fails on any fault that `Watch` notes and that holds none of the words in `allowed`.
    """
    made: list[tuple[BrowserContext, Watch]] = []

    def make(home: str = "", allowed: tuple[str, ...] = (), **options: Any) -> Page:
        home = home or request.getfixturevalue("server")
        context = browser.new_context(base_url=home, **options)
        made.append((context, Watch(context, home, allowed)))
        return context.new_page()

    yield make
    for context, _ in made:
        context.close()
    faults = [fault for _, watch in made for fault in watch.faults]
    if faults:
        pytest.fail("In the browser:\n" + "\n".join(faults), pytrace=False)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of the served casebook: `page.goto("cases/")`."""
    return new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Asks axe for what breaks WCAG 2.2 AA on a page as it now stands: a line for each element, none if all is well."""
    rules = {"runOnly": {"type": "tag", "values": WCAG_22}, "resultTypes": ["violations"]}

    def violations(page: Page) -> list[str]:
        found = Axe().run(page, options=rules).response["violations"]
        return [f"{each['id']} ({each['impact']}): {node['html'][:160]}" for each in found for node in each["nodes"]]

    return violations
