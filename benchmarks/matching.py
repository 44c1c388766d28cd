"""The matching engine, one table a kind: how good its plans are, beside what others make, and seconds.

``python -m benchmarks.matching --peers peers/bin/python`` runs every kind, each in a process of its
own; ``python -m benchmarks.matching assign group`` runs some. Peers come from benchmarks/peers.txt;
OpenReview's solvers, good-enough-golfers and GroupENG from their own repositories.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

ASKS = {
    "assign": ("peers", "solvers"),
    "select": (),
    "match": ("peers",),
    "group": ("golfers", "sample"),
    "calendar": (),
    "agenda": ("peer",),
}
"""Each kind, and the peers that it can be given."""


def main() -> None:
    """Run the kinds that were asked for, or all."""
    parser = argparse.ArgumentParser(prog="benchmarks.matching", description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[*ASKS, []], metavar="KIND")
    parser.add_argument("--peers", help="Python of the environment with benchmarks/peers.txt")
    parser.add_argument("--solvers", help="folder with OpenReview's solvers.py")
    parser.add_argument("--golfers", help="folder of good-enough-golfers")
    parser.add_argument("--sample", help="sample class of GroupENG")
    chosen = parser.parse_args()
    given = {**vars(chosen), "peer": chosen.peers}
    for kind in chosen.kinds or ASKS:
        options = [
            part for name in ASKS[kind] if given[name] for part in (f"--{name}", given[name])
        ]
        print(f"\n## {kind}\n", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.matching_{kind}", *options], check=True)


if __name__ == "__main__":
    main()
