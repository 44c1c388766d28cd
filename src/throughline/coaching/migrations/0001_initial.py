import django.db.models.deletion
import throughline.core.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_initial'),
        ('meetings', '0001_initial'),
        ('people', '0001_initial'),
        ('programs', '0001_initial'),
        ('teams', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Coach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('belongs', models.CharField(choices=[('staff', "Host's staff"), ('contracted', 'Contracted'), ('mentor', 'Mentor')], default='contracted', max_length=20)),
                ('is_former_superintendent', models.BooleanField(default=False)),
                ('topics', models.JSONField(default=list)),
                ('load_cap', models.PositiveSmallIntegerField(default=6)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='coach', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('belongs__in', ['staff', 'contracted', 'mentor'])), name='how_a_coach_belongs_is_known')],
            },
        ),
        migrations.CreateModel(
            name='CoachingEngagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('kind', models.CharField(choices=[('coach', 'Coach'), ('mentor', 'Mentor'), ('team_coach', 'Team coach')], default='coach', max_length=20)),
                ('key', models.SlugField(max_length=60)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('published', 'Published'), ('active', 'Active'), ('ended', 'Ended'), ('declined', 'Declined')], default='active', max_length=20)),
                ('from_on', models.DateField(blank=True, null=True)),
                ('to_on', models.DateField(blank=True, null=True)),
                ('coach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='coaching.coach')),
                ('coachee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coached_in', to='people.person')),
                ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coaching', to='programs.districtengagement')),
                ('entitlement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coaching', to='ledger.entitlement')),
                ('follows', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='coaching.coachingengagement')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('scope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='coaching', to='people.scope')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coached_in', to='teams.team')),
            ],
            options={
                'indexes': [models.Index(fields=['coach', 'state'], name='coaching_of_a_coach')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('coachee__isnull', True), ('team__isnull', False)), models.Q(('coachee__isnull', False), ('team__isnull', True)), _connector='OR'), name='coaching_is_for_a_person_or_a_team'), models.UniqueConstraint(condition=models.Q(('coachee__isnull', False), ('state', 'active')), fields=('engagement', 'key', 'coachee'), name='a_person_has_one_coach_of_a_kind'), models.UniqueConstraint(condition=models.Q(('state', 'active'), ('team__isnull', False)), fields=('engagement', 'key', 'team'), name='a_team_has_one_coach_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['active', 'ended']), _negated=True), ('from_on__isnull', False), _connector='OR'), name='active_coaching_has_begun'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'published', 'active', 'ended', 'declined'])), name='a_coaching_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='CoachingSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('mode', models.CharField(choices=[('on_site', 'On site'), ('virtual', 'Online'), ('phone', 'By phone')], max_length=20)),
                ('travel_minutes', models.PositiveSmallIntegerField(default=0)),
                ('topics', models.JSONField(default=list)),
                ('log_key', models.UUIDField(blank=True, null=True, unique=True)),
                ('coaching', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='coaching.coachingengagement')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('occasion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='coaching_session', to='meetings.occasion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('travel_minutes', 0), ('mode', 'on_site'), _connector='OR'), name='only_on_site_coaching_has_travel'), models.CheckConstraint(condition=models.Q(('mode__in', ['on_site', 'virtual', 'phone'])), name='a_coaching_mode_is_known')],
            },
        ),
        migrations.CreateModel(
            name='CoachTie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(max_length=200)),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('coach', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='coaching.coach')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organization__isnull', True), ('person__isnull', False)), models.Q(('organization__isnull', False), ('person__isnull', True)), _connector='OR'), name='a_coach_is_tied_to_one_of_them')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('tier', models.CharField(choices=[('mine', 'Only me'), ('pair', 'Me and one person'), ('team', 'My team'), ('host', "My team and the host's staff"), ('cohort', 'Everyone in the cohort'), ('network', 'Everyone in the network'), ('public', 'Everyone')], default='mine', max_length=10)),
                ('body', models.TextField(blank=True)),
                ('sealed', models.BinaryField(null=True)),
                ('kind', models.CharField(choices=[('shared_summary', 'Shared summary'), ('private_note', 'Private note'), ('hand_over', 'Hand-over')], max_length=20)),
                ('written_at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('counterpart', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.scope')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='coaching.coachingsession')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['session', 'tier'], name='notes_of_a_session'), models.Index(fields=['author'], name='notes_of_an_author')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('tier__in', ['mine', 'pair']), ('body', ''), ('sealed__isnull', False)), models.Q(models.Q(('tier__in', ['mine', 'pair']), _negated=True), ('sealed__isnull', True)), _connector='OR'), name='a_private_coaching_note_is_sealed'), models.CheckConstraint(condition=models.Q(models.Q(('tier', 'pair'), _negated=True), ('counterpart__isnull', False), _connector='OR'), name='a_pair_coaching_note_names_its_reader'), models.CheckConstraint(condition=models.Q(('tier__in', ['mine', 'pair', 'team', 'host', 'cohort', 'network', 'public'])), name='the_tier_of_a_coaching_note_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'private_note'), _negated=True), ('tier', 'mine'), _connector='OR'), name='a_private_note_stays_private'), models.CheckConstraint(condition=models.Q(('kind__in', ['shared_summary', 'private_note', 'hand_over'])), name='a_note_kind_is_known')],
            },
        ),
    ]
