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
            name='BlueprintVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('source', models.TextField()),
                ('parsed', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default='draft', max_length=20)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
        ),
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('key', models.SlugField(max_length=60)),
                ('label', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('zone', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('recruiting', 'Recruiting'), ('running', 'Running'), ('closing', 'Closing'), ('alumni', 'Alumni')], default='planned', max_length=20)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('scope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cohort', to='people.scope')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='programs.blueprintversion')),
            ],
        ),
        migrations.CreateModel(
            name='DistrictEngagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('state', models.CharField(choices=[('applying', 'Applying'), ('offered', 'Offered a place'), ('active', 'Active'), ('paused', 'Paused'), ('completed', 'Completed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], max_length=20)),
                ('began_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('ended_reason', models.CharField(blank=True, max_length=300)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='programs.cohort')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='people.organization')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('scope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='engagement', to='people.scope')),
            ],
            options={
                'indexes': [models.Index(fields=['cohort', 'state'], name='engagements_of_a_cohort'), models.Index(fields=['district'], name='engagements_of_a_district')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['applying', 'offered', 'active', 'paused'])), fields=('cohort', 'district'), name='a_district_is_in_a_cohort_once_while_live'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['active', 'paused', 'completed']), _negated=True), ('began_on__isnull', False), _connector='OR'), name='an_active_engagement_has_begun'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('began_on__isnull', True), ('ended_on__gte', models.F('began_on')), _connector='OR'), name='an_engagement_ends_after_it_began'), models.CheckConstraint(condition=models.Q(('state__in', ['applying', 'offered', 'active', 'paused', 'completed', 'declined', 'withdrawn'])), name='an_engagement_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='CohortSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('is_extra', models.BooleanField(default=False)),
                ('extra_reason', models.CharField(blank=True, max_length=500)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='programs.cohort')),
                ('extra_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='people.person')),
                ('engagement', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seat', to='programs.districtengagement')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('cohort', 'number'), name='a_seat_number_is_used_once'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('cohort', 'person'), name='a_person_takes_one_seat_in_a_cohort'), models.CheckConstraint(condition=models.Q(('engagement__isnull', True), ('person__isnull', True), _connector='OR'), name='a_seat_has_one_holder_at_most'), models.CheckConstraint(condition=models.Q(('is_extra', False), models.Q(models.Q(('extra_reason', ''), _negated=True), ('extra_by__isnull', False)), _connector='OR'), name='an_extra_seat_has_a_reason_and_a_person')],
            },
        ),
        migrations.CreateModel(
            name='OnboardingItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60)),
                ('words', models.CharField(max_length=300)),
                ('holder_kind', models.CharField(choices=[('person', 'Each person'), ('engagement', 'Each district')], default='person', max_length=20)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('minutes', models.PositiveSmallIntegerField(default=5)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='onboarding', to='programs.cohort')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('cohort', 'key'), name='an_onboarding_key_is_used_once')],
            },
        ),
        migrations.CreateModel(
            name='OnboardingDone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done_at', models.DateTimeField()),
                ('waived_reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='onboarding_done', to='people.person')),
                ('scope', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.scope')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='done', to='programs.onboardingitem')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('scope__isnull', True)), models.Q(('person__isnull', True), ('scope__isnull', False)), _connector='OR'), name='an_onboarding_step_has_one_holder'), models.UniqueConstraint(condition=models.Q(('scope__isnull', False)), fields=('item', 'scope'), name='a_district_does_an_onboarding_step_once'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('item', 'person'), name='a_person_does_an_onboarding_step_once')],
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('capabilities', models.JSONField(default=list)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='programs.cohort')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'ordering': ['from_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('cohort', 'key'), name='a_phase_key_is_used_once'), models.CheckConstraint(condition=models.Q(('to_on__gte', models.F('from_on'))), name='a_phase_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Program',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('key', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=200)),
                ('inquiry_question', models.TextField(blank=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('scope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='program', to='people.scope')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'key'), name='a_program_key_is_used_once')],
            },
        ),
        migrations.AddField(
            model_name='cohort',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='programs.program'),
        ),
        migrations.AddField(
            model_name='blueprintversion',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='programs.program'),
        ),
        migrations.CreateModel(
            name='ProgramHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('lead', 'Host'), ('co_host', 'Co-host'), ('fiscal', 'Fiscal sponsor'), ('partner', 'Partner'), ('funder', 'Funder')], max_length=20)),
                ('brand', models.CharField(blank=True, max_length=300)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programs_hosted', to='people.organization')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hosts', to='programs.program')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('program', 'organization', 'part'), name='a_host_plays_a_part_once'), models.UniqueConstraint(condition=models.Q(('part', 'lead')), fields=('program',), name='a_program_has_one_lead_host')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=30)),
                ('on', models.DateField()),
                ('hand_over', models.JSONField(default=list)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successions', to='programs.districtengagement')),
                ('leaving', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='left_to_others', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('taking_over', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_over', to='people.person')),
            ],
            options={
                'ordering': ['on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('taking_over__isnull', True), models.Q(('leaving', models.F('taking_over')), _negated=True), _connector='OR'), name='a_succession_is_between_two_people'), models.UniqueConstraint(fields=('engagement', 'leaving', 'role', 'on'), name='a_leader_leaves_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='CalendarItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('series', models.CharField(blank=True, max_length=100)),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('day', 'Day'), ('deadline', 'Deadline'), ('series', 'Event'), ('period', 'Period')], max_length=20)),
                ('title', models.CharField(max_length=300)),
                ('rule', models.CharField(blank=True, max_length=200)),
                ('computed_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('pinned_on', models.DateField(blank=True, null=True)),
                ('happened', models.BooleanField(default=False)),
                ('zone', models.CharField(max_length=60)),
                ('starts_local', models.TimeField(blank=True, null=True)),
                ('half_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('minutes', models.PositiveIntegerField(blank=True, null=True)),
                ('moved_because', models.CharField(blank=True, max_length=300)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar', to='programs.cohort')),
            ],
            options={
                'ordering': ['computed_on', 'pk'],
                'indexes': [models.Index(fields=['cohort', 'computed_on'], name='calendar_of_a_cohort')],
                'constraints': [models.UniqueConstraint(fields=('cohort', 'key'), name='a_calendar_key_is_used_once'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('computed_on'))), name='a_calendar_item_ends_after_it_starts')],
            },
        ),
        migrations.AddConstraint(
            model_name='cohort',
            constraint=models.UniqueConstraint(fields=('program', 'key'), name='a_cohort_key_is_used_once'),
        ),
        migrations.AddConstraint(
            model_name='cohort',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='a_cohort_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='cohort',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'recruiting', 'running', 'closing', 'alumni'])), name='a_cohort_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='blueprintversion',
            constraint=models.UniqueConstraint(fields=('program', 'number'), name='a_version_number_is_used_once'),
        ),
        migrations.AddConstraint(
            model_name='blueprintversion',
            constraint=models.UniqueConstraint(fields=('program', 'sha256'), name='a_version_hash_is_used_once'),
        ),
        migrations.AddConstraint(
            model_name='blueprintversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('program',), name='one_draft_per_program'),
        ),
        migrations.AddConstraint(
            model_name='blueprintversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='a_published_version_says_when'),
        ),
        migrations.AddConstraint(
            model_name='blueprintversion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'retired'])), name='a_version_state_is_known'),
        ),
    ]
