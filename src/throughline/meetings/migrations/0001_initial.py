import django.db.models.deletion
import throughline.core.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('present', 'Here'), ('partial', 'Here for part'), ('excused', 'Excused'), ('absent', 'Not here')], max_length=20)),
                ('minutes', models.PositiveSmallIntegerField(default=0)),
                ('tap', models.UUIDField(unique=True)),
                ('marked_at', models.DateTimeField()),
                ('source', models.CharField(choices=[('tap', 'Check-in'), ('code', 'Code on the screen'), ('import', 'Imported'), ('paper', 'Paper list'), ('self', 'Herself')], default='tap', max_length=10)),
                ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='ledger.entry')),
                ('marked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='AttendanceHistory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(choices=[('present', 'Here'), ('partial', 'Here for part'), ('excused', 'Excused'), ('absent', 'Not here')], max_length=20)),
                ('after', models.CharField(choices=[('present', 'Here'), ('partial', 'Here for part'), ('excused', 'Excused'), ('absent', 'Not here')], max_length=20)),
                ('at', models.DateTimeField()),
                ('tap', models.UUIDField(unique=True)),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='history', to='meetings.attendance')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Occasion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('kind', models.CharField(choices=[('team_meeting', 'Team meeting'), ('block', 'Convening'), ('coaching', 'Coaching'), ('visit', 'Visit'), ('listening', 'Listening'), ('other', 'Meeting')], max_length=20)),
                ('day', models.DateField()),
                ('starts_local', models.TimeField()),
                ('zone', models.CharField(max_length=60)),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('place_words', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('skipped', 'Skipped'), ('cancelled', 'Canceled')], default='planned', max_length=20)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('sequence', models.PositiveSmallIntegerField(default=0)),
                ('delivered_entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delivered_occasion', to='ledger.entry')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('scheduled_entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scheduled_occasion', to='ledger.entry')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occasions', to='people.scope')),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(fields=['network', 'starts_at'], name='occasions_of_a_network'), models.Index(fields=['scope', 'starts_at'], name='occasions_of_a_scope')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='an_occasion_has_length'), models.CheckConstraint(condition=models.Q(('kind__in', ['team_meeting', 'block', 'coaching', 'visit', 'listening', 'other'])), name='an_occasion_kind_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'held', 'skipped', 'cancelled'])), name='an_occasion_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'skipped'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_skipped_occasion_says_why'), models.CheckConstraint(condition=models.Q(('delivered_entry__isnull', True), ('state', 'held'), _connector='OR'), name='only_what_was_held_is_delivered')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('host', 'Host'), ('wanted', 'Wanted'), ('optional', 'Optional'), ('guest', 'Guest')], default='wanted', max_length=20)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='people.person')),
                ('scope', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='people.scope')),
                ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='meetings.occasion')),
            ],
            options={
                'indexes': [models.Index(fields=['person'], name='invitations_of_a_person'), models.Index(fields=['scope'], name='invitations_of_a_scope')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', True), ('scope__isnull', False)), models.Q(('person__isnull', False), ('scope__isnull', True)), _connector='OR'), name='an_invitation_is_for_a_person_or_a_scope'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('occasion', 'person'), name='a_person_is_invited_once'), models.UniqueConstraint(condition=models.Q(('scope__isnull', False)), fields=('occasion', 'scope'), name='a_scope_is_invited_once'), models.CheckConstraint(condition=models.Q(('part__in', ['host', 'wanted', 'optional', 'guest'])), name='an_invitation_part_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('words', models.CharField(max_length=300)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'Dropped'), ('moved', 'Moved')], default='open', max_length=10)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=300)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='people.person')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='people.scope')),
                ('occasion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='meetings.occasion')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(fields=['scope', 'state', 'due_on'], name='commitments_of_a_scope'), models.Index(fields=['owner', 'state', 'due_on'], name='commitments_of_an_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='a_closed_commitment_says_when'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'done', 'dropped', 'moved'])), name='a_commitment_state_is_known'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_commitment_says_what')],
            },
        ),
        migrations.AddField(
            model_name='attendance',
            name='occasion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='meetings.occasion'),
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('maybe', 'Maybe')], max_length=10)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='meetings.occasion')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person'], name='replies_of_a_person')],
                'constraints': [models.UniqueConstraint(fields=('occasion', 'person'), name='one_reply_per_person'), models.CheckConstraint(condition=models.Q(('answer__in', ['yes', 'no', 'maybe'])), name='an_answer_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hmac', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('person',), name='one_live_feed_per_person')],
            },
        ),
        migrations.AddIndex(
            model_name='attendance',
            index=models.Index(fields=['person', 'occasion'], name='marks_of_a_person'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('occasion', 'person'), name='a_person_is_marked_once_per_occasion'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('minutes', 0), ('status__in', ['present', 'partial']), _connector='OR'), name='only_those_present_have_minutes'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['present', 'partial', 'excused', 'absent'])), name='a_mark_is_known'),
        ),
    ]
