import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recurring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('rule', models.CharField(max_length=40)),
                ('zone', models.CharField(default='UTC', max_length=60)),
                ('next_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=80)),
                ('args', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('failed', 'Failed, will be tried again'), ('done', 'Done'), ('dead', 'Given up')], default='waiting', max_length=10)),
                ('run_at', models.DateTimeField()),
                ('lease_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('max_attempts', models.PositiveSmallIntegerField(default=8)),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('progress', models.PositiveSmallIntegerField(default=0)),
                ('result', models.CharField(blank=True, max_length=60)),
                ('finished_at', models.DateTimeField(null=True)),
                ('network', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'run_at'], name='job_state_run_at')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'done'), _negated=True), fields=('name', 'key'), name='a_job_key_is_used_once_while_not_done'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until__isnull', True)), _connector='OR'), name='a_running_job_has_a_lease'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'failed', 'done', 'dead'])), name='a_job_state_is_known'), models.CheckConstraint(condition=models.Q(('progress__lte', 100)), name='job_progress_is_a_percentage'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('finished_at__isnull', False), _connector='OR'), name='a_done_job_says_when')],
            },
        ),
    ]
