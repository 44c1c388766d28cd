import django.db.models.deletion
import django.db.models.functions.text
import throughline.core.clock
import throughline.core.refs
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Network',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('zone', models.CharField(default='America/New_York', max_length=60)),
                ('locale', models.CharField(default='en-us', max_length=20)),
                ('domain', models.CharField(blank=True, max_length=200)),
                ('hue', models.CharField(blank=True, max_length=7)),
                ('settings', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('date_joined', models.DateTimeField(default=throughline.core.clock.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='an_address_is_used_once')],
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('kind', models.CharField(choices=[('host', 'Host'), ('district_office', 'District office'), ('partner', 'Partner'), ('funder', 'Funder'), ('vendor', 'Vendor')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('site', models.URLField(blank=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('full_name', models.CharField(max_length=200)),
                ('called', models.CharField(blank=True, max_length=100)),
                ('name_sound', models.CharField(blank=True, max_length=100)),
                ('pronouns', models.CharField(blank=True, max_length=60)),
                ('bio', models.TextField(blank=True)),
                ('zone', models.CharField(blank=True, max_length=60)),
                ('locale', models.CharField(blank=True, max_length=20)),
                ('is_minor', models.BooleanField(default=False)),
                ('emptied_at', models.DateTimeField(blank=True, null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='people.network')),
                ('same_as', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='people.person')),
            ],
            options={
                'indexes': [models.Index(models.F('network'), django.db.models.functions.text.Lower('full_name'), name='persons_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('same_as', models.F('pk')), _negated=True), name='nobody_is_merged_into_herself')],
            },
        ),
        migrations.CreateModel(
            name='OneTimeLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=20)),
                ('code_hmac', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=200)),
                ('title_key', models.CharField(blank=True, max_length=60)),
                ('is_cabinet', models.BooleanField(default=False)),
                ('from_on', models.DateField(blank=True, null=True)),
                ('to_on', models.DateField(blank=True, null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to='people.organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'to_on'], name='affiliations_at_a_place'), models.Index(fields=['person', 'to_on'], name='affiliations_of_a_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('from_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='an_affiliation_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='AccountPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='persons', to=settings.AUTH_USER_MODEL)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='account_link', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'network'), name='one_person_per_account_and_network')],
            },
        ),
        migrations.CreateModel(
            name='PersonAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('value', models.CharField(max_length=254)),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['network', 'kind', 'value'], name='aliases_by_value')],
                'constraints': [models.UniqueConstraint(models.F('network'), django.db.models.functions.text.Lower('value'), condition=models.Q(('kind', 'email'), ('verified_at__isnull', False)), name='a_verified_address_leads_to_one_person')],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('country', 'Country'), ('state', 'State'), ('district', 'District'), ('school', 'School')], max_length=20)),
                ('authority', models.CharField(default='nces', max_length=20)),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('country', models.CharField(default='US', max_length=2)),
                ('jurisdiction', models.CharField(blank=True, max_length=10)),
                ('opened_on', models.DateField(null=True)),
                ('closed_on', models.DateField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.place')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'jurisdiction', 'name'], name='places_by_name')],
                'constraints': [models.UniqueConstraint(fields=('authority', 'kind', 'code'), name='a_place_code_is_used_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'school'), _negated=True), ('parent__isnull', False), _connector='OR'), name='a_school_lies_in_a_district'), models.CheckConstraint(condition=models.Q(models.Q(('authority', 'nces'), _negated=True), models.Q(('code__length', 7), ('kind', 'district')), models.Q(('code__length', 12), ('kind', 'school')), ('kind__in', ['state', 'country']), _connector='OR'), name='nces_codes_have_their_length')],
            },
        ),
        migrations.AddField(
            model_name='organization',
            name='place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.place'),
        ),
        migrations.CreateModel(
            name='PlaceYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school_year', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('locale_code', models.CharField(blank=True, max_length=4)),
                ('enrollment', models.PositiveIntegerField(null=True)),
                ('source', models.CharField(max_length=200)),
                ('table', models.CharField(max_length=60)),
                ('retrieved_on', models.DateField()),
                ('source_sha256', models.CharField(max_length=64)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='people.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'school_year', 'table'), name='one_row_per_place_year_and_table')],
            },
        ),
        migrations.CreateModel(
            name='Scope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('network', 'Network'), ('program', 'Program'), ('cohort', 'Cohort'), ('engagement', 'District'), ('team', 'Team'), ('group', 'Group')], max_length=20)),
                ('label', models.CharField(max_length=200)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scopes', to='people.network')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.scope')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'network'), ('parent__isnull', True)), models.Q(models.Q(('kind', 'network'), _negated=True), ('parent__isnull', False)), _connector='OR'), name='only_a_network_has_no_parent'), models.UniqueConstraint(condition=models.Q(('kind', 'network')), fields=('network',), name='one_root_per_network')],
            },
        ),
        migrations.CreateModel(
            name='RoleAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('director', 'Director'), ('coordinator', 'Coordinator'), ('finance', 'Finance'), ('safeguarding_lead', 'Safeguarding lead'), ('analyst', 'Analyst'), ('researcher', 'Researcher'), ('reviewer', 'Reviewer'), ('committee', 'Selection committee'), ('facilitator', 'Facilitator'), ('faculty', 'Faculty'), ('partner', 'Partner'), ('expert', 'Expert'), ('coach', 'Coach'), ('mentor', 'Mentor'), ('applicant', 'Applicant'), ('fellow', 'Fellow'), ('team_lead', 'Team lead'), ('member', 'Team member'), ('district_analyst', 'District data analyst'), ('learner', 'Learner'), ('guest', 'Guest'), ('student', 'Student leader'), ('family', 'Family member'), ('assistant', 'Assistant'), ('funder', 'Funder'), ('alumni', 'Alumni')], max_length=30)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
                ('ended_reason', models.CharField(blank=True, max_length=200)),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles_given', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='people.person')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='people.scope')),
            ],
            options={
                'indexes': [models.Index(fields=['scope', 'role'], name='roles_in_a_scope'), models.Index(fields=['person', 'to_on'], name='roles_of_a_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_on__isnull', True)), fields=('person', 'role', 'scope'), name='a_role_is_held_once_at_a_time'), models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='a_role_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('conflict', 'Conflict of interest'), ('blind', 'Blind review')], max_length=20)),
                ('source', models.CharField(max_length=80)),
                ('from_at', models.DateTimeField()),
                ('until_at', models.DateTimeField(blank=True, null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to='people.person')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to='people.scope')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'scope'], name='exclusions_of_a_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_at__isnull', True)), fields=('person', 'scope', 'source'), name='one_live_exclusion_per_person_scope_and_source'), models.CheckConstraint(condition=models.Q(('until_at__isnull', True), ('until_at__gte', models.F('from_at')), _connector='OR'), name='an_exclusion_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('may', models.JSONField(default=list)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('delegate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_held', to='people.person')),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to='people.person')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='people.scope')),
            ],
            options={
                'indexes': [models.Index(fields=['delegate', 'to_on'], name='delegations_of_a_delegate')],
                'constraints': [models.CheckConstraint(condition=models.Q(('principal', models.F('delegate')), _negated=True), name='nobody_is_her_own_delegate'), models.UniqueConstraint(condition=models.Q(('to_on__isnull', True)), fields=('principal', 'delegate', 'scope'), name='a_delegation_is_given_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='ScopePath',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('depth', models.PositiveSmallIntegerField()),
                ('ancestor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paths_down', to='people.scope')),
                ('descendant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paths_up', to='people.scope')),
            ],
            options={
                'indexes': [models.Index(fields=['descendant', 'ancestor'], name='paths_upwards')],
                'constraints': [models.UniqueConstraint(fields=('ancestor', 'descendant'), name='a_path_is_stored_once')],
            },
        ),
        migrations.CreateModel(
            name='SealingKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrapped', models.BinaryField(null=True)),
                ('master', models.CharField(max_length=16)),
                ('destroyed_at', models.DateTimeField(blank=True, null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sealing_key', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('destroyed_at__isnull', True), ('wrapped__isnull', True), _connector='OR'), name='a_destroyed_key_is_gone')],
            },
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.UniqueConstraint(condition=models.Q(('place__isnull', False)), fields=('network', 'place'), name='one_organization_per_place_and_network'),
        ),
    ]
