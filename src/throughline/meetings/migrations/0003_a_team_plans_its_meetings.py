import django.db.models.deletion
import throughline.core.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0003_more_than_was_promised'),
        ('meetings', '0002_a_block_is_an_event'),
        ('people', '0006_requests_about_ones_data'),
    ]

    operations = [
        migrations.CreateModel(
            name='MeetingSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('key', models.SlugField(max_length=60)),
                ('rule', models.CharField(max_length=20)),
                ('zone', models.CharField(max_length=60)),
                ('starts_local', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('minutes_min', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('minutes_max', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('beyond_because', models.CharField(blank=True, max_length=300)),
                ('skips', models.JSONField(default=list)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meeting_series', to='people.scope')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scope', 'key'), name='a_series_key_is_used_once_per_scope'), models.CheckConstraint(condition=models.Q(('minutes_min__isnull', True), ('minutes_max__isnull', True), ('minutes_min__lte', models.F('minutes_max')), _connector='OR'), name='the_least_minutes_are_not_over_the_most'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='a_series_ends_after_it_starts')],
            },
        ),
        migrations.AddField(
            model_name='occasion',
            name='occurrence',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='occasion',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='occasions', to='meetings.meetingseries'),
        ),
        migrations.AddConstraint(
            model_name='occasion',
            constraint=models.UniqueConstraint(condition=models.Q(('series__isnull', False)), fields=('series', 'occurrence'), name='one_occasion_per_turn_of_a_series'),
        ),
        migrations.AddConstraint(
            model_name='occasion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('occurrence__isnull', True), ('series__isnull', True)), models.Q(('occurrence__isnull', False), ('series__isnull', False)), _connector='OR'), name='a_turn_belongs_to_a_series'),
        ),
    ]
