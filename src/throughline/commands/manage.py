"""``throughline manage``: Django's management commands, and ``manage routes [--json]``."""

from __future__ import annotations

import os
from collections.abc import Sequence

import django

from throughline.commands.speaking import Arguments, Stop, answer


def main(arguments: Sequence[str]) -> int:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.settings")
    if arguments and arguments[0] == "routes":
        return list_routes(arguments[1:])

    from django.core.management import CommandError, execute_from_command_line
    from django.core.management.base import SystemCheckError
    from django.db import DatabaseError

    try:
        execute_from_command_line(["throughline manage", *(arguments or ["help"])])
    except SystemCheckError as error:
        raise Stop(str(error), 1) from None
    except CommandError as error:
        raise Stop(str(error)) from None
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise Stop(f"The database could not be used: {reason}.", 1) from None
    return 0


def list_routes(arguments: Sequence[str]) -> int:
    """Print path, methods, audience and arguments of every route."""
    parser = Arguments("throughline manage routes", description=list_routes.__doc__)
    parser.add_argument("--json", action="store_true", help="print a list, alone on stdout")
    options = parser.parse_args(arguments)
    django.setup()

    from throughline.commands.routes import routes

    found = routes()
    if options.json:
        answer([route.as_dict() for route in found])
        return 0
    for route in found:
        print(f"{'|'.join(route.methods):<9} {route.audience:<10} {route.path}  {route.name}")
    return 0
