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
            name='Template',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('service', 'Service'), ('action', 'Something to do'), ('news', 'News')], max_length=10)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'key'), name='a_template_key_is_used_once')],
            },
        ),
        migrations.CreateModel(
            name='TemplateVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('subject', models.JSONField()),
                ('body', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='messaging.template')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('template', 'number'), name='a_template_version_number_is_used_once'), models.UniqueConstraint(fields=('template', 'sha256'), name='a_template_version_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('key', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('service', 'Service'), ('action', 'Something to do'), ('news', 'News')], max_length=10)),
                ('subject', models.CharField(max_length=250)),
                ('body', models.TextField()),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('held', 'Held'), ('approved', 'Waits for its hour'), ('releasing', 'On its way'), ('sent', 'Sent'), ('discarded', 'Discarded')], default='held', max_length=12)),
                ('composed_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(null=True)),
                ('hold_until', models.DateTimeField(null=True)),
                ('audience', models.JSONField(default=dict)),
                ('about_kind', models.CharField(blank=True, max_length=60)),
                ('about_key', models.CharField(blank=True, max_length=60)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('composed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.scope')),
                ('template_version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messaging.templateversion')),
            ],
            options={
                'indexes': [models.Index(fields=['scope', 'state'], name='messages_of_a_scope')],
                'constraints': [models.UniqueConstraint(fields=('network', 'key'), name='a_message_is_composed_once'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'held', 'approved', 'releasing', 'sent', 'discarded'])), name='the_state_of_a_message_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'releasing', 'sent']), _negated=True), ('released_at__isnull', False), _connector='OR'), name='a_released_message_says_when'), models.CheckConstraint(condition=models.Q(('kind__in', ['service', 'action', 'news'])), name='the_kind_of_a_message_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('address', models.CharField(blank=True, max_length=254)),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('sent', 'Sent'), ('delayed', 'Tried, will be tried again'), ('bounced', 'Came back'), ('refused', 'Refused'), ('skipped', 'Not sent')], default='queued', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('rendered_sha256', models.CharField(blank=True, max_length=64)),
                ('lease_until', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='messaging.message')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'id'], name='deliveries_by_state'), models.Index(fields=['person', 'sent_at'], name='deliveries_of_a_person')],
                'constraints': [models.UniqueConstraint(fields=('message', 'person'), name='one_delivery_per_message_and_person'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent', 'delayed', 'bounced', 'refused', 'skipped'])), name='the_state_of_a_delivery_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='a_sent_delivery_says_when')],
            },
        ),
    ]
