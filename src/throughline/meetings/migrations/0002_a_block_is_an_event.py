"""The label of a half-day's occasion says nothing of any one program."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="occasion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("team_meeting", "Team meeting"),
                    ("block", "Event"),
                    ("coaching", "Coaching"),
                    ("visit", "Visit"),
                    ("listening", "Listening"),
                    ("other", "Meeting"),
                ],
                max_length=20,
            ),
        ),
    ]
