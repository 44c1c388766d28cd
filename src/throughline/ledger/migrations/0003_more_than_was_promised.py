import django.db.models.deletion
import throughline.core.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_an_entitlement_has_an_address'),
        ('people', '0004_people_describe_themselves'),
        ('programs', '0003_an_upgrade_is_recorded'),
    ]

    operations = [
        migrations.AlterField(
            model_name='entitlement',
            name='ref',
            field=models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('noted_at__isnull', True), ('noted_by__isnull', True)), models.Q(('noted_at__isnull', False), ('noted_by__isnull', False)), _connector='OR'), name='a_noted_alert_says_when_and_by_whom'),
        ),
        migrations.CreateModel(
            name='AddOn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('quantity', models.PositiveIntegerField()),
                ('reason', models.CharField(max_length=500)),
                ('clause', models.CharField(blank=True, max_length=500)),
                ('state', models.CharField(choices=[('asked', 'Asked for'), ('granted', 'Granted'), ('declined', 'Declined')], default='asked', max_length=20)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('entitlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='add_ons', to='ledger.entitlement')),
                ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='add_on', to='ledger.entry')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gt', 0), models.Q(('reason', ''), _negated=True)), name='an_add_on_adds_something'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'granted', 'declined'])), name='an_add_on_state_is_known'), models.CheckConstraint(condition=models.Q(('state', 'asked'), ('decided_at__isnull', False), _connector='OR'), name='an_answered_add_on_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', False), ('state', 'granted')), models.Q(models.Q(('state', 'granted'), _negated=True), ('entry__isnull', True)), _connector='OR'), name='a_granted_add_on_has_its_entry'), models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('entitlement',), name='more_of_an_entitlement_is_asked_for_once')],
            },
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('rules', models.CharField(choices=[('good_standing', 'Good standing'), ('completion', 'Completion')], max_length=20)),
                ('rule', models.SlugField(max_length=60)),
                ('sentence', models.CharField(max_length=500)),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to='programs.cohort')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to='people.person')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('cohort', 'person', 'rules', 'rule'), name='a_rule_is_waived_once_for_a_person'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_waiver_has_a_reason'), models.CheckConstraint(condition=models.Q(('rules__in', ['good_standing', 'completion'])), name='a_waiver_names_a_list_of_rules')],
            },
        ),
    ]
