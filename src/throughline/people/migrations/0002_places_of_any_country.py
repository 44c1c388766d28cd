from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="place",
            name="jurisdiction",
            field=models.CharField(blank=True, max_length=100),
        ),
    ]
