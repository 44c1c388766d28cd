import django.db.models.deletion
import throughline.core.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('releases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Analysis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('measure', models.CharField(max_length=60)),
                ('comparator', models.CharField(max_length=60)),
                ('question', models.TextField()),
                ('question_sha256', models.CharField(max_length=64)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='analyses', to='releases.release')),
            ],
            options={
                'indexes': [models.Index(fields=['question_sha256'], name='analyses_by_question')],
                'constraints': [models.UniqueConstraint(fields=('release', 'question_sha256'), name='a_question_is_kept_once_per_release'), models.CheckConstraint(condition=models.Q(('comparator', ''), _negated=True), name='an_analysis_names_its_comparator')],
            },
        ),
        migrations.CreateModel(
            name='DataSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('grain', models.CharField(choices=[('public', 'Published figures'), ('school', 'Schools'), ('group', 'Student groups'), ('student', 'Students')], max_length=10)),
                ('measure', models.CharField(max_length=60)),
                ('source', models.CharField(max_length=200)),
                ('license', models.CharField(max_length=200)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('owner_place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.place')),
                ('population', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='data_set', to='releases.population')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.scope')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('grain', 'public')), fields=('network', 'owner_place', 'measure'), name='one_public_data_set_per_place_and_measure'), models.CheckConstraint(condition=models.Q(('grain', 'student'), _negated=True), name='student_rows_need_an_agreement'), models.CheckConstraint(condition=models.Q(('grain__in', ['public', 'school', 'group', 'student'])), name='grain_of_a_data_set_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('tier', models.CharField(choices=[('mine', 'Only me'), ('pair', 'Me and one person'), ('team', 'My team'), ('host', "My team and the host's staff"), ('cohort', 'Everyone in the cohort'), ('network', 'Everyone in the network'), ('public', 'Everyone')], default='mine', max_length=10)),
                ('body', models.TextField(blank=True)),
                ('sealed', models.BinaryField(null=True)),
                ('cell', models.CharField(max_length=80)),
                ('comparator', models.CharField(max_length=60)),
                ('sentence', models.TextField()),
                ('pinned_at', models.DateTimeField()),
                ('again_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pinned_again', to='evidence.finding')),
                ('analysis', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='evidence.analysis')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('counterpart', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='releases.release')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.scope')),
            ],
            options={
                'indexes': [models.Index(fields=['scope', 'pinned_at'], name='findings_of_a_scope')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('tier__in', ['mine', 'pair']), ('body', ''), ('sealed__isnull', False)), models.Q(models.Q(('tier__in', ['mine', 'pair']), _negated=True), ('sealed__isnull', True)), _connector='OR'), name='a_private_finding_is_sealed'), models.CheckConstraint(condition=models.Q(models.Q(('tier', 'pair'), _negated=True), ('counterpart__isnull', False), _connector='OR'), name='a_pair_finding_names_its_reader'), models.CheckConstraint(condition=models.Q(('tier__in', ['mine', 'pair', 'team', 'host', 'cohort', 'network', 'public'])), name='the_tier_of_a_finding_is_known'), models.CheckConstraint(condition=models.Q(('comparator', ''), _negated=True), name='a_finding_names_its_comparator')],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('school_year', models.PositiveSmallIntegerField()),
                ('rows', models.PositiveIntegerField()),
                ('retrieved_on', models.DateField()),
                ('state', models.CharField(choices=[('reading', 'Reading'), ('refused', 'Refused'), ('checked', 'Checked'), ('frozen', 'Frozen'), ('superseded', 'Superseded'), ('destroyed', 'Destroyed')], max_length=12)),
                ('frozen_at', models.DateTimeField(null=True)),
                ('destroyed_at', models.DateTimeField(null=True)),
                ('cells', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='snapshot', to='releases.basecells')),
                ('data_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='evidence.dataset')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'indexes': [models.Index(fields=['data_set', 'school_year'], name='snapshots_by_year')],
                'constraints': [models.UniqueConstraint(fields=('data_set', 'school_year', 'sha256'), name='a_file_is_frozen_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'frozen'), _negated=True), models.Q(('cells__isnull', False), ('frozen_at__isnull', False)), _connector='OR'), name='a_frozen_snapshot_says_when_and_has_cells'), models.CheckConstraint(condition=models.Q(('state__in', ['reading', 'refused', 'checked', 'frozen', 'superseded', 'destroyed'])), name='state_of_a_snapshot_is_known')],
            },
        ),
        migrations.CreateModel(
            name='SnapshotPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('coverage', models.JSONField(default=dict)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.place')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='evidence.snapshot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'place'), name='a_snapshot_names_a_place_once')],
            },
        ),
    ]
