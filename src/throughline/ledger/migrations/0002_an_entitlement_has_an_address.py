"""Each entitlement gets a page of its own, and an alert says who noted it."""

import django.db.models.deletion
from django.db import migrations, models

from throughline.core.refs import new_ref


def name_each(apps, schema_editor):
    """Give each entitlement a reference of its own; one default for all would not be unique."""
    entitlements = apps.get_model("ledger", "Entitlement")
    for key in entitlements.objects.values_list("pk", flat=True):
        entitlements.objects.filter(pk=key).update(ref=new_ref())


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("people", "0004_people_describe_themselves")]

    operations = [
        migrations.AddField(
            model_name="entitlement",
            name="ref",
            field=models.CharField(editable=False, max_length=10, null=True),
        ),
        migrations.AddField(
            model_name="alert",
            name="noted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="alert",
            name="noted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.RunPython(name_each, migrations.RunPython.noop),
    ]
