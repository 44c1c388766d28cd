import django.db.models.deletion
import throughline.core.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('programs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('ring', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('forming', 'Forming'), ('active', 'Active'), ('ended', 'Ended'), ('dissolved', 'Dissolved')], default='proposed', max_length=20)),
                ('is_existing', models.BooleanField(default=False)),
                ('prior_mandate', models.TextField(blank=True)),
                ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='programs.districtengagement')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('scope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='team', to='people.scope')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'forming', 'active'])), fields=('engagement', 'ring'), name='one_team_of_a_ring_per_district_while_live'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'forming', 'active', 'ended', 'dissolved'])), name='a_team_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='TeamMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('full_name', models.CharField(max_length=200)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('is_cabinet', models.BooleanField(default=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('role_key', models.SlugField(max_length=60)),
                ('kind', models.CharField(choices=[('administrator', 'Administrator'), ('principal', 'Principal'), ('teacher', 'Teacher'), ('staff', 'School or district staff'), ('family', 'Family member'), ('community', 'Community member'), ('board', 'Board member'), ('student', 'Student')], max_length=20)),
                ('state', models.CharField(choices=[('named', 'Named'), ('invited', 'Invited'), ('accepted', 'Accepted'), ('active', 'Active'), ('left', 'Left'), ('declined', 'Declined'), ('lapsed', 'Lapsed')], default='named', max_length=20)),
                ('counts_to_size', models.BooleanField(default=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('from_on', models.DateField(blank=True, null=True)),
                ('to_on', models.DateField(blank=True, null=True)),
                ('assignment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='membership', to='people.roleassignment')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.person')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='teams.teammembership')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='teams.team')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'indexes': [models.Index(fields=['team', 'state'], name='members_of_a_team'), models.Index(fields=['person', 'state'], name='teams_of_a_person'), models.Index(fields=['network', 'email'], name='members_by_address')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['accepted', 'active', 'invited', 'named'])), fields=('team', 'position'), name='a_position_is_used_once_while_live'), models.UniqueConstraint(condition=models.Q(('person__isnull', False), ('state__in', ['accepted', 'active', 'invited', 'named'])), fields=('team', 'person'), name='a_person_sits_in_a_team_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['accepted', 'active', 'invited', 'named']), models.Q(('email', ''), _negated=True)), fields=('team', 'email'), name='an_address_is_named_in_a_team_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), _negated=True), models.Q(('assignment__isnull', False), ('person__isnull', False)), _connector='OR'), name='an_active_member_is_a_person_with_a_role'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'active']), _negated=True), ('accepted_at__isnull', False), _connector='OR'), name='an_accepted_membership_says_when'), models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('replaces', models.F('pk')), _negated=True), _connector='OR'), name='nobody_replaces_themselves'), models.CheckConstraint(condition=models.Q(('state__in', ['named', 'invited', 'accepted', 'active', 'left', 'declined', 'lapsed'])), name='a_membership_state_is_known'), models.CheckConstraint(condition=models.Q(('full_name', ''), _negated=True), name='a_member_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='TeamInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='teams.teammembership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('membership',), name='a_member_is_asked_once_at_a_time'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('sent_at'))), name='an_invitation_expires_after_it_is_sent')],
            },
        ),
        migrations.CreateModel(
            name='TeamWaiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.SlugField(max_length=60)),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waivers', to='teams.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('team', 'rule'), name='a_rule_is_waived_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_team_waiver_has_a_reason')],
            },
        ),
    ]
