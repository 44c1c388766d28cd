import django.db.models.deletion
import throughline.core.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Population',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('whom', models.CharField(choices=[('students', 'Students'), ('families', 'Families'), ('respondents', 'Respondents'), ('applicants', 'Applicants'), ('members', 'Members')], max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('least', models.PositiveSmallIntegerField(default=10)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('owner_place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.place')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.scope')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('least__gte', 5)), name='a_population_is_shown_at_least_five_together'), models.CheckConstraint(condition=models.Q(('whom__in', ['students', 'families', 'respondents', 'applicants', 'members'])), name='whom_figures_are_about_is_known')],
            },
        ),
        migrations.CreateModel(
            name='BaseCells',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('period', models.CharField(max_length=10)),
                ('kind', models.CharField(choices=[('counted', 'Counted here'), ('published', 'Published elsewhere')], max_length=10)),
                ('collection', models.UUIDField(null=True)),
                ('sha256', models.CharField(max_length=64)),
                ('dimensions', models.JSONField(default=list)),
                ('measures', models.JSONField(default=list)),
                ('cells', models.PositiveIntegerField()),
                ('engine', models.CharField(blank=True, max_length=40)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('table', models.CharField(blank=True, max_length=200)),
                ('retrieved_on', models.DateField(null=True)),
                ('frozen_at', models.DateTimeField()),
                ('destroyed_at', models.DateTimeField(null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='releases.basecells')),
                ('population', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='releases.population')),
            ],
            options={
                'indexes': [models.Index(fields=['population', 'period'], name='cells_by_period')],
                'constraints': [models.UniqueConstraint(fields=('population', 'period', 'sha256'), name='cells_are_kept_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'counted'), _negated=True), ('collection__isnull', False), ('destroyed_at__isnull', False), _connector='OR'), name='counted_cells_have_a_collection_until_destroyed'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'published'), _negated=True), models.Q(models.Q(('source', ''), _negated=True), models.Q(('table', ''), _negated=True), ('retrieved_on__isnull', False)), _connector='OR'), name='published_cells_name_source_table_and_day'), models.CheckConstraint(condition=models.Q(('kind__in', ['counted', 'published'])), name='kind_of_cells_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('district', "The district's own staff"), ('team', 'The team'), ('host', "The host's staff"), ('funder', 'Funders'), ('cohort', 'The cohort'), ('network', 'The network'), ('public', 'Everyone')], max_length=20)),
                ('policy', models.CharField(max_length=40)),
                ('policy_sha256', models.CharField(max_length=64)),
                ('threshold', models.PositiveSmallIntegerField(default=10)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('population', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='books', to='releases.population')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('population', 'audience'), name='one_book_per_population_and_audience'), models.CheckConstraint(condition=models.Q(('threshold__gte', 5), ('threshold__lte', 30)), name='a_book_hides_fewer_than_five_to_thirty'), models.CheckConstraint(condition=models.Q(('audience__in', ['district', 'team', 'host', 'funder', 'cohort', 'network', 'public'])), name='audience_of_a_book_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('question', models.TextField()),
                ('question_sha256', models.CharField(max_length=64)),
                ('policy_sha256', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('counted', 'Counted here'), ('published', 'Published elsewhere')], max_length=10)),
                ('state', models.CharField(choices=[('released', 'Released'), ('refused', 'Refused'), ('recalled', 'Recalled')], max_length=10)),
                ('audit', models.JSONField(null=True)),
                ('reasons_may_show', models.BooleanField(default=False)),
                ('sha256', models.CharField(max_length=64)),
                ('released_at', models.DateTimeField(null=True)),
                ('cells', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='releases.basecells')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='releases.releasebook')),
            ],
        ),
        migrations.CreateModel(
            name='ReleaseEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cell', models.CharField(max_length=80)),
                ('n', models.PositiveIntegerField(null=True)),
                ('events', models.PositiveIntegerField(null=True)),
                ('low', models.DecimalField(decimal_places=3, max_digits=9, null=True)),
                ('high', models.DecimalField(decimal_places=3, max_digits=9, null=True)),
                ('printed', models.CharField(blank=True, max_length=20)),
                ('shown', models.CharField(choices=[('value', 'A value'), ('band', 'A range'), ('hidden', 'Hidden to protect privacy')], max_length=10)),
                ('reason', models.CharField(blank=True, choices=[('', 'Nothing was hidden'), ('small', 'Too few people'), ('complementary', 'Would give another away'), ('published_so', 'Published so')], max_length=20)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='releases.release')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'cell'), name='a_cell_is_released_once'), models.CheckConstraint(condition=models.Q(models.Q(('shown', 'hidden'), _negated=True), models.Q(('events__isnull', True), ('high__isnull', True), ('low__isnull', True), ('n__isnull', True)), _connector='OR'), name='a_hidden_cell_holds_no_number'), models.CheckConstraint(condition=models.Q(('events__isnull', True), ('n__isnull', True), ('events__lte', models.F('n')), _connector='OR'), name='events_are_not_more_than_people'), models.CheckConstraint(condition=models.Q(models.Q(('reason', 'published_so'), _negated=True), models.Q(('printed', ''), _negated=True), _connector='OR'), name='a_published_cell_has_what_was_printed'), models.CheckConstraint(condition=models.Q(('shown__in', ['value', 'band', 'hidden'])), name='what_an_entry_shows_is_known'), models.CheckConstraint(condition=models.Q(('low__isnull', True), ('high__isnull', True), ('low__lte', models.F('high')), _connector='OR'), name='a_range_runs_upwards')],
            },
        ),
        migrations.CreateModel(
            name='ReleasePlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('tables', models.JSONField(default=list)),
                ('sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('drafted', 'Drafted'), ('running', 'Running'), ('decided', 'Decided'), ('refused', 'Refused')], max_length=10)),
                ('hidden', models.PositiveIntegerField(default=0)),
                ('shown', models.PositiveIntegerField(default=0)),
                ('cpu_seconds', models.FloatField(default=0.0)),
                ('decided_at', models.DateTimeField(null=True)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='releases.releasebook')),
                ('cells', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='releases.basecells')),
                ('extends', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='extended_by', to='releases.releaseplan')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('cells', 'book', 'number'), name='a_plan_number_is_used_once_per_cells_and_book'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='a_decided_plan_says_when'), models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'running', 'decided', 'refused'])), name='state_of_a_plan_is_known')],
            },
        ),
        migrations.AddField(
            model_name='release',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='releases.releaseplan'),
        ),
        migrations.AddIndex(
            model_name='release',
            index=models.Index(fields=['book', 'question_sha256'], name='releases_by_question'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(fields=('book', 'number'), name='a_release_number_is_used_once_per_book'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(fields=('question_sha256', 'cells', 'book', 'policy_sha256'), name='one_release_per_question_cells_book_and_policy'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'refused'), ('released_at__isnull', False), _connector='OR'), name='a_released_table_says_when'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'counted'), _negated=True), ('audit__isnull', False), _connector='OR'), name='a_counted_release_has_an_audit'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['released', 'refused', 'recalled'])), name='state_of_a_release_is_known'),
        ),
    ]
