import django.db.models.deletion
import throughline.core.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('evidence', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('tier', models.CharField(choices=[('mine', 'Only me'), ('pair', 'Me and one person'), ('team', 'My team'), ('host', "My team and the host's staff"), ('cohort', 'Everyone in the cohort'), ('network', 'Everyone in the network'), ('public', 'Everyone')], default='mine', max_length=10)),
                ('body', models.TextField(blank=True)),
                ('sealed', models.BinaryField(null=True)),
                ('kind', models.CharField(choices=[('equity_challenge', 'Equity challenge'), ('problem_of_practice', 'Problem of practice'), ('practice_audit', 'Practice audit')], default='equity_challenge', max_length=30)),
                ('who', models.CharField(max_length=300)),
                ('experience', models.TextField(max_length=1000)),
                ('where', models.CharField(blank=True, max_length=300)),
                ('since', models.CharField(blank=True, max_length=200)),
                ('why_now', models.TextField(blank=True, max_length=1000)),
                ('is_priority', models.BooleanField(default=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'The team is asked'), ('agreed', 'Agreed'), ('active', 'Active'), ('closed', 'Closed'), ('replaced', 'Replaced')], default='draft', max_length=10)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('edited', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('counterpart', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('owner_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='challenges_owned', to='people.person')),
                ('owner_scope', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='challenges_owned', to='people.scope')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.scope')),
            ],
            options={
                'indexes': [models.Index(fields=['scope', 'state'], name='challenges_of_a_scope')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('tier__in', ['mine', 'pair']), ('body', ''), ('sealed__isnull', False)), models.Q(models.Q(('tier__in', ['mine', 'pair']), _negated=True), ('sealed__isnull', True)), _connector='OR'), name='a_private_challenge_is_sealed'), models.CheckConstraint(condition=models.Q(models.Q(('tier', 'pair'), _negated=True), ('counterpart__isnull', False), _connector='OR'), name='a_pair_challenge_names_its_reader'), models.CheckConstraint(condition=models.Q(('tier__in', ['mine', 'pair', 'team', 'host', 'cohort', 'network', 'public'])), name='the_tier_of_a_challenge_is_known'), models.CheckConstraint(condition=models.Q(('tier__in', ['mine', 'pair']), _negated=True), name='a_challenge_is_at_least_its_teams'), models.CheckConstraint(condition=models.Q(models.Q(('owner_person__isnull', False), ('owner_scope__isnull', True)), models.Q(('owner_person__isnull', True), ('owner_scope__isnull', False)), _connector='OR'), name='a_challenge_has_exactly_one_owner'), models.UniqueConstraint(condition=models.Q(('is_priority', True), ('state__in', ['draft', 'proposed', 'agreed', 'active'])), fields=('owner_scope',), name='one_priority_challenge_per_team'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'agreed', 'active', 'closed', 'replaced'])), name='a_challenge_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ChallengeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('words', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField(null=True)),
                ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='inquiry.challenge')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('challenge', 'number'), name='a_challenge_version_is_numbered_once'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_at__isnull', True), ('agreed_by__isnull', True)), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False)), _connector='OR'), name='an_agreed_version_says_who_and_when')],
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('quantitative', 'Figures'), ('voice', 'What students and families say')], max_length=20)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='inquiry.challenge')),
                ('finding', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='evidence.finding')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'indexes': [models.Index(fields=['finding'], name='citations_of_a_finding')],
                'constraints': [models.CheckConstraint(condition=models.Q(('finding__isnull', False)), name='a_citation_cites_exactly_one_thing'), models.UniqueConstraint(fields=('challenge', 'finding'), name='a_finding_is_cited_once_per_challenge')],
            },
        ),
        migrations.CreateModel(
            name='MissingEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('quantitative', 'Figures'), ('voice', 'What students and families say')], max_length=20)),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='missing', to='inquiry.challenge')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('challenge', 'kind'), name='one_reason_per_missing_kind'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='missing_evidence_says_why')],
            },
        ),
    ]
