import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AccessEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('network', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('viewer', models.BigIntegerField()),
                ('about', models.BigIntegerField(null=True)),
                ('kind', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=60)),
                ('why', models.CharField(default='role', max_length=20)),
            ],
            options={
                'indexes': [models.Index(fields=['about', 'at'], name='access_about_a_person')],
            },
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('network', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.BigIntegerField(null=True)),
                ('on_behalf_of', models.BigIntegerField(null=True)),
                ('verb', models.CharField(max_length=40)),
                ('kind', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=60)),
                ('scope', models.BigIntegerField(null=True)),
                ('fields', models.JSONField(default=list)),
                ('reason_sha256', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['network', 'kind', 'key', 'id'], name='audit_of_a_thing'), models.Index(fields=['by', 'id'], name='audit_by_a_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('on_behalf_of__isnull', True), models.Q(('on_behalf_of', models.F('by')), _negated=True), _connector='OR'), name='nobody_acts_for_herself')],
            },
        ),
        migrations.CreateModel(
            name='AuditReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True)),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reason', to='audit.auditevent')),
            ],
        ),
        migrations.CreateModel(
            name='Once',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('network', models.BigIntegerField()),
                ('key', models.UUIDField()),
                ('by', models.BigIntegerField(null=True)),
                ('action', models.CharField(max_length=60)),
                ('result', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'key'), name='a_form_is_sent_once')],
            },
        ),
    ]
