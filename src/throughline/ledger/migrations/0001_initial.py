import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('programs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60)),
                ('label', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=20)),
                ('unit', models.CharField(choices=[('minutes', 'minutes'), ('half_days', 'half-days'), ('sessions', 'sessions'), ('weeks', 'weeks'), ('seats', 'seats'), ('visits', 'visits'), ('items', 'items'), ('cents', 'cents')], max_length=20)),
                ('quantity', models.PositiveIntegerField(blank=True, null=True)),
                ('per', models.CharField(choices=[('person', 'Each person'), ('team', 'Each team'), ('engagement', 'Each district'), ('cohort', 'The whole cohort')], max_length=20)),
                ('role', models.SlugField(blank=True, max_length=60)),
                ('is_cap', models.BooleanField(default=False)),
                ('period', models.CharField(default='program', max_length=20)),
                ('draws', models.JSONField(default=list)),
                ('carry', models.CharField(default='none', max_length=60)),
                ('overrun', models.CharField(choices=[('refuse', 'Refuse'), ('ask', 'Ask staff'), ('allow', 'Allow')], default='ask', max_length=20)),
                ('alert_at', models.JSONField(default=list)),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('source_clause', models.CharField(blank=True, max_length=500)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='programs.cohort')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('cohort', 'key'), name='a_promise_is_made_once_per_cohort'), models.CheckConstraint(condition=models.Q(('unit__in', ['minutes', 'half_days', 'sessions', 'weeks', 'seats', 'visits', 'items', 'cents'])), name='a_promise_unit_is_known'), models.CheckConstraint(condition=models.Q(('quantity__isnull', True), ('quantity__gt', 0), _connector='OR'), name='a_promise_with_a_number_promises_something')],
            },
        ),
        migrations.CreateModel(
            name='Entitlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
                ('revision', models.PositiveIntegerField(default=0)),
                ('engagement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='programs.districtengagement')),
                ('holder_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='people.person')),
                ('holder_scope', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='people.scope')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='ledger.promise')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('holder_person__isnull', False), ('holder_scope__isnull', True)), models.Q(('holder_person__isnull', True), ('holder_scope__isnull', False)), _connector='OR'), name='an_entitlement_has_one_holder'), models.UniqueConstraint(condition=models.Q(('holder_scope__isnull', False)), fields=('promise', 'holder_scope', 'valid_from'), name='a_scope_holds_a_promise_once_a_period'), models.UniqueConstraint(condition=models.Q(('holder_person__isnull', False)), fields=('promise', 'holder_person', 'valid_from'), name='a_person_holds_a_promise_once_a_period'), models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='an_entitlement_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('percent', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('entitlement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='ledger.entitlement')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entitlement', 'percent'), name='an_alert_is_raised_once_per_percent')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('granted', 'Granted'), ('carried', 'Carried over'), ('scheduled', 'Booked'), ('unscheduled', 'No longer booked'), ('delivered', 'Delivered'), ('expired', 'Lapsed'), ('reversed', 'Corrected')], max_length=20)),
                ('quantity', models.PositiveIntegerField()),
                ('happened_on', models.DateField()),
                ('source', models.CharField(max_length=120)),
                ('overrun_reason', models.CharField(blank=True, max_length=500)),
                ('recorded_at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries_booked', to='people.person')),
                ('entitlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.entitlement')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('on_behalf_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='ledger.entry')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['entitlement', 'kind'], name='entries_of_an_entitlement')],
                'constraints': [models.UniqueConstraint(fields=('source', 'kind'), name='a_source_is_booked_once_per_kind'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='an_entry_moves_something'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reversed'), ('reverses__isnull', False)), models.Q(models.Q(('kind', 'reversed'), _negated=True), ('reverses__isnull', True)), _connector='OR'), name='only_a_reversal_reverses'), models.CheckConstraint(condition=models.Q(('kind__in', ['granted', 'carried', 'scheduled', 'unscheduled', 'delivered', 'expired', 'reversed'])), name='an_entry_kind_is_known')],
            },
        ),
    ]
