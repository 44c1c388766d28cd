"""``throughline demo``: play a program with made-up people on a data folder of its own, serve it."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from throughline.commands import folders, serve
from throughline.commands.demo_building import build
from throughline.commands.demo_steps import checked, links
from throughline.commands.processes import (
    Children,
    Ended,
    claim_port,
    free_port,
    supervised,
    url_of,
    wait_until_ready,
    watch,
)
from throughline.commands.speaking import Arguments, Stop, answer, say


def main(arguments: Sequence[str]) -> int:
    """Build the demo where there is none, serve it, and print one sign-in link per role."""
    options = read(arguments)
    try:
        if options.check:
            return check(options)
        with claim_port(options.port):
            folder = folders.home()
            build(folder, options)
            return serve_demo(folder, options)
    except Ended as ended:
        return ended.halfway if options.check else ended.code


def read(arguments: Sequence[str]) -> Namespace:
    """Read what the person typed.

    Raises
    ------
    Stop
        Something of it cannot be used.
    """
    parser = Arguments("throughline demo", description=__doc__)
    add = parser.add_argument
    add("--port", type=int, default=8000, help="listen on 127.0.0.1:PORT (8000)")
    add("--reset", action="store_true", help="build it anew; what was changed in it is lost")
    add("--today", type=day, help="the day on which the demo ends (today)")
    add("--seed", type=int, help="another seed makes up other people (1)")
    add("--blueprint", type=Path, metavar="FILE", help="play this program (RELN)")
    add("--json", action="store_true", help='print {"url", "links", "people"} when ready')
    add("--check", action="store_true", help="build aside, open the pages as each role, end")
    options = parser.parse_args(arguments)
    if options.blueprint and not options.blueprint.is_file():
        raise Stop(f"--blueprint: there is no file {options.blueprint}.")
    return options


def day(text: str) -> date:
    """Read a day such as 2027-01-11."""
    return date.fromisoformat(text)


def serve_demo(folder: Path, options: Namespace) -> int:
    """Serve the demo of this folder until SIGTERM or Ctrl-C."""
    with folders.in_use(folder), supervised() as children:
        variables = start(children, folder, options.port)
        tell(folder, options.port, links(variables), as_json=options.json)
        return watch(children, lambda name: serve.start_worker(children, variables))


def start(
    children: Children, folder: Path, port: int, more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Start server and worker on the demo of this folder; return when they can serve."""
    mark = folders.demo_of(folder) or {}
    variables = {**serve.variables_for(folder, port), "THROUGHLINE_DEMO": "1", **(more or {})}
    variables["THROUGHLINE_URL"] = url_of(port)
    variables.pop("DATABASE_URL", None)
    variables.pop("THROUGHLINE_TODAY", None)
    if mark.get("today_was_chosen"):
        variables["THROUGHLINE_TODAY"] = str(mark["today"])
    serve.prepare(variables)
    serve.start_server(children, port, variables)
    serve.start_worker(children, variables)
    wait_until_ready(variables["THROUGHLINE_URL"], children)
    return variables


def tell(folder: Path, port: int, paths: Mapping[str, str], *, as_json: bool) -> None:
    """Say where the demo is and how to walk in as each role."""
    mark = folders.demo_of(folder) or {}
    named = mark.get("people")
    people: dict[str, str] = named if isinstance(named, dict) else {}
    url = url_of(port)
    addresses = {role: f"{url}{path}" for role, path in paths.items()}
    if as_json:
        answer({"url": url, "links": addresses, "people": people})
        return
    say(f"The demo is ready on {url}. Walk in as (each link works once, for 24 hours):\n")
    width = max((len(f"{role} {people.get(role, '')}") for role in addresses), default=0) + 1
    for role, address in addresses.items():
        print(f"  {f'{role} {people.get(role, str())}':<{width}} {address}", flush=True)
    last = date.fromisoformat(str(mark.get("today", datetime.now(UTC).date())))
    if not mark.get("today_was_chosen") and last < datetime.now(UTC).date():
        say(f"\nThis demo ends on {last}. To play it up to today: ./throughline demo --reset")
    say("\nPress Ctrl-C to end it. Start it again for new links; the network is kept.")


def check(options: Namespace) -> int:
    """Build into a temporary folder, serve on a free port, open the pages as each role."""
    with tempfile.TemporaryDirectory(prefix="throughline-check-") as temporary:
        folder = Path(temporary) / "home"
        folder.mkdir(mode=0o700)
        options.port = free_port()
        with claim_port(options.port), supervised() as children:
            build(folder, options)
            variables = start(children, folder, options.port, {"THROUGHLINE_COUNT_QUERIES": "1"})
            return checked(variables, as_json=options.json)
