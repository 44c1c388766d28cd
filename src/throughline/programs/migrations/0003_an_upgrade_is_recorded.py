"""A cohort that goes on under a later version says who decided it, and what differed."""

import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("programs", "0002_a_draft_says_when")]

    operations = [
        migrations.CreateModel(
            name="BlueprintUpgrade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("diff", models.JSONField()),
                ("applied_at", models.DateTimeField()),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="upgrades", to="programs.cohort"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "joined",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="+", to="programs.blueprintversion"
                    ),
                ),
                (
                    "left",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="+", to="programs.blueprintversion"
                    ),
                ),
                ("network", models.ForeignKey(on_delete=PROTECT, to="people.network")),
            ],
            options={
                "ordering": ["applied_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cohort", "joined"), name="a_cohort_joins_a_version_once"
                    )
                ],
            },
        ),
    ]
