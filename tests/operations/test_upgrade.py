"""Upgrade without loss: a backup of the oldest tables there ever were comes back as today's."""

from __future__ import annotations

import pytest
from django.apps import apps as today
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.factories.admissions import make_season
from tests.factories.coaching import make_session
from tests.factories.convenings import make_event
from tests.factories.inquiry import make_challenge, make_real_team
from tests.factories.installation import Installation, leave
from tests.factories.people import make_person
from tests.factories.programs import make_cohort
from throughline import cli
from throughline.coaching.models import Note
from throughline.commands import folders
from throughline.core.management.commands.migrate import new_models_drawn_alone

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

Rows = dict[str, dict[object, dict[str, object]]]
"""The rows of each table by their key."""


def test_a_backup_of_the_oldest_tables_comes_back_as_todays_and_nothing_is_lost(
    installation: Installation,
) -> None:
    write_something_everywhere()
    with new_models_drawn_alone():
        executor = MigrationExecutor(connection)
        oldest = executor.loader.project_state(oldest_steps(executor)).apps
        columns = columns_of(oldest)
        written = rows_of(columns)
        empty(installation)
        executor = MigrationExecutor(connection)
        executor.migrate(oldest_steps(executor))
    write_rows(oldest, written)
    leave()
    assert len([table for table in written if written[table]]) > 80

    assert cli.main(["backup", str(installation.shelf / "old.zip")]) == 0
    empty(installation)
    leave()
    assert cli.main(["restore", "--replace", str(installation.shelf / "old.zip")]) == 0

    assert lost(written, rows_of(columns)) == {}
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert Note.objects.get(kind="private_note").words == "marigold"
    make_person()


def write_something_everywhere() -> None:
    """A season from call to letters, a convening, coaching with a private note, a challenge."""
    make_season(3, stage="released")
    make_session(private_note="marigold", shared_summary="larkspur")
    make_event(members=5)
    team, lead, _member = make_real_team(make_cohort())
    make_challenge(team, lead)


def oldest_steps(executor: MigrationExecutor) -> list[tuple[str, str]]:
    """Return the first step of each app of ours that needs no later one; all steps of others."""
    graph = executor.loader.graph
    ours = {one.label for one in today.get_app_configs() if one.name.startswith("throughline.")}
    firsts = {step for step in graph.nodes if step[0] in ours and step[1].startswith("0001")}
    kept = [
        step
        for step in firsts
        if all(app not in ours or (app, name) in firsts for app, name in graph.forwards_plan(step))
    ]
    return sorted([*kept, *(step for step in graph.leaf_nodes() if step[0] not in ours)])


def columns_of(oldest: Apps) -> dict[str, list[str]]:
    """Return the columns of each table of that time that is still there, its key first."""
    still = {one._meta.db_table: one for one in today.get_models(include_auto_created=True)}
    return {
        one._meta.db_table: [
            one._meta.pk.attname,
            *(
                field.attname
                for field in one._meta.local_concrete_fields
                if not field.primary_key and field.attname in names_of(still[one._meta.db_table])
            ),
        ]
        for one in oldest.get_models(include_auto_created=True)
        if one._meta.db_table in still
    }


def names_of(model: type[models.Model]) -> set[str]:
    return {field.attname for field in model._meta.local_concrete_fields}


def rows_of(columns: dict[str, list[str]]) -> Rows:
    """Read those columns through the models of today."""
    still = {one._meta.db_table: one for one in today.get_models(include_auto_created=True)}
    return {
        table: {
            row[names[0]]: {
                name: bytes(value) if isinstance(value, memoryview) else value
                for name, value in row.items()
            }
            for row in still[table]._base_manager.values(*names)
        }
        for table, names in columns.items()
        if still[table]._meta.app_label != "sessions"
    }


def lost(before: Rows, after: Rows) -> dict[str, list[object]]:
    """Return the keys of rows that are gone or say something else; a step may add some."""
    found = {
        table: [key for key, row in rows.items() if after[table].get(key) != row]
        for table, rows in before.items()
    }
    return {table: keys for table, keys in found.items() if keys}


def empty(installation: Installation) -> None:
    """Leave nothing of the database."""
    if connection.vendor == "sqlite":
        leave()
        for file in installation.home.glob(f"{folders.DATABASE}*"):
            file.unlink()
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def write_rows(oldest: Apps, rows: Rows) -> None:
    """Write rows into the tables of that time, past every rule but those of the tables."""
    old = {one._meta.db_table: one for one in oldest.get_models(include_auto_created=True)}
    with transaction.atomic():
        for table, some in rows.items():
            old[table]._base_manager.bulk_create([old[table](**row) for row in some.values()])
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(old.values())):
            cursor.execute(statement)
