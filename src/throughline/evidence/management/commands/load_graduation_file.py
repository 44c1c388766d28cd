"""Load a newer federal file of graduation rates: ``throughline manage load_graduation_file``."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from throughline.core import clock
from throughline.core.errors import DomainError
from throughline.evidence.actions import load_file
from throughline.people.models import Network


class Command(BaseCommand):
    """Add a school year to the districts that a network already has."""

    help = "Load a federal file of graduation rates by school for the districts of a network."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file, its school year, the network and the day."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--school-year", type=int, required=True, help="the year it ends in")
        parser.add_argument("--network", required=True, help="key of the network")
        parser.add_argument("--retrieved-on", type=date.fromisoformat, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say which districts have the new year."""
        network = Network.objects.filter(key=options["network"]).first()
        if network is None:
            raise CommandError(f"There is no network {options['network']!r}.", returncode=2)
        try:
            names = load_file(
                options["file"],
                school_year=options["school_year"],
                retrieved_on=options["retrieved_on"],
                network=network,
                by=None,
                now=clock.now(),
            )
        except DomainError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{len(names)} districts: {', '.join(names)}")
