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
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('kind', models.CharField(choices=[('convening', 'Convening'), ('session', 'Session')], default='convening', max_length=20)),
                ('series_key', models.SlugField(max_length=60)),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('theme', models.CharField(blank=True, max_length=200)),
                ('objectives', models.TextField(blank=True)),
                ('zone', models.CharField(max_length=60)),
                ('first_day', models.DateField(blank=True, null=True)),
                ('last_day', models.DateField(blank=True, null=True)),
                ('half_days', models.PositiveSmallIntegerField()),
                ('mode', models.CharField(choices=[('in_person', 'In person'), ('virtual', 'Online'), ('hybrid', 'In person and online')], default='in_person', max_length=20)),
                ('place_words', models.CharField(blank=True, max_length=300)),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('seats_taken', models.PositiveSmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'Not published'), ('published', 'Published'), ('happened', 'Took place'), ('closed', 'Closed'), ('cancelled', 'Canceled')], default='draft', max_length=20)),
                ('sequence', models.PositiveSmallIntegerField(default=0)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='people.scope')),
            ],
            options={
                'ordering': ['first_day', 'number'],
                'indexes': [models.Index(fields=['scope', 'first_day'], name='events_of_a_scope')],
                'constraints': [models.UniqueConstraint(fields=('scope', 'series_key', 'number'), name='one_event_per_number_of_a_series'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'cancelled']), models.Q(('first_day__isnull', False), ('last_day__isnull', False)), _connector='OR'), name='a_published_event_has_days'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'cancelled']), ('mode', 'virtual'), models.Q(('place_words', ''), _negated=True), _connector='OR'), name='a_published_event_has_a_place'), models.CheckConstraint(condition=models.Q(('first_day__isnull', True), ('last_day__gte', models.F('first_day')), _connector='OR'), name='an_event_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('seats_taken__lte', models.F('capacity')), _connector='OR'), name='an_event_is_not_overbooked'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'happened', 'closed', 'cancelled'])), name='an_event_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('is_morning', models.BooleanField()),
                ('counts_half_days', models.PositiveSmallIntegerField(default=1)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('occasion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='block', to='meetings.occasion')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='convenings.event')),
            ],
            options={
                'ordering': ['event', 'position'],
                'constraints': [models.UniqueConstraint(fields=('event', 'position'), name='a_block_position_is_used_once'), models.CheckConstraint(condition=models.Q(('position__gt', 0)), name='a_block_has_a_position')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('confirmed', 'Confirmed'), ('waitlisted', 'On the waitlist'), ('cancelled', 'Canceled')], default='confirmed', max_length=20)),
                ('asked_at', models.DateTimeField()),
                ('seats', models.PositiveSmallIntegerField()),
                ('booked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('engagement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='programs.districtengagement')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='convenings.event')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('on_behalf_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['event', 'state', 'asked_at'], name='registrations_of_an_event')],
                'constraints': [models.CheckConstraint(condition=models.Q(('seats__gt', 0)), name='a_registration_asks_for_a_seat'), models.UniqueConstraint(condition=models.Q(('engagement__isnull', False), models.Q(('state', 'cancelled'), _negated=True)), fields=('event', 'engagement'), name='a_district_books_an_event_once'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'confirmed', 'waitlisted', 'cancelled'])), name='a_registration_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('part', models.CharField(choices=[('participant', 'Participant'), ('member', 'Team member'), ('guest', 'Guest'), ('staff', 'Staff')], default='participant', max_length=20)),
                ('coverage', models.CharField(choices=[('program', 'Network'), ('district', 'District')], default='district', max_length=20)),
                ('state', models.CharField(choices=[('held', 'No reply'), ('confirmed', 'Coming'), ('released', 'Not coming')], default='held', max_length=20)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='convenings.event')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='event_seats', to='people.person')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='convenings.registration')),
            ],
            options={
                'indexes': [models.Index(fields=['event', 'state'], name='seats_of_an_event'), models.Index(fields=['person'], name='seats_of_a_person')],
                'constraints': [models.UniqueConstraint(fields=('event', 'person'), name='a_person_has_one_seat_at_an_event'), models.CheckConstraint(condition=models.Q(('state__in', ['held', 'confirmed', 'released'])), name='a_seat_state_is_known'), models.CheckConstraint(condition=models.Q(('state', 'held'), ('answered_at__isnull', False), _connector='OR'), name='an_answered_seat_says_when')],
            },
        ),
        migrations.CreateModel(
            name='SeatBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_expected', models.BooleanField(default=True)),
                ('bookings', models.PositiveSmallIntegerField(default=0)),
                ('block', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='convenings.block')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('scheduled_entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='half_day', to='ledger.entry')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='half_days', to='convenings.seat')),
            ],
            options={
                'ordering': ['block__position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('seat', 'block'), name='a_seat_has_each_half_day_once')],
            },
        ),
        migrations.CreateModel(
            name='SeatMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('from_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='convenings.seat')),
                ('to_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('from_person', models.F('to_person')), _negated=True), name='a_seat_moves_between_two_people')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('opening', 'Opening'), ('content', 'Working session'), ('consultancy', 'Consultancy'), ('reflection', 'Time to reflect'), ('work_time', 'Team time'), ('commitments', 'Commitments'), ('meal', 'Meal'), ('other', 'Session')], default='other', max_length=20)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('room', models.CharField(blank=True, max_length=200)),
                ('block', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='convenings.block')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='convenings.event')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'ordering': ['event', 'position'],
                'constraints': [models.UniqueConstraint(fields=('event', 'position'), name='a_session_position_is_used_once'), models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='a_session_has_length')],
            },
        ),
    ]
