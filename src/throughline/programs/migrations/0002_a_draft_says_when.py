"""A draft says when it was last edited."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="blueprintversion",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
