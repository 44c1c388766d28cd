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
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('label', models.CharField(max_length=300)),
                ('weight', models.PositiveSmallIntegerField(default=1)),
                ('position', models.PositiveSmallIntegerField()),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Field',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
        ),
        migrations.CreateModel(
            name='FieldVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('text', 'Text'), ('long text', 'Long text'), ('number', 'Number'), ('whole number', 'Whole number'), ('money', 'Money'), ('date', 'Date'), ('yes or no', 'Yes or no'), ('choice', 'One choice'), ('choices', 'Several choices'), ('scale', 'Scale'), ('rank', 'Rank'), ('attest', 'Statement to confirm'), ('confirm dates', 'Dates to confirm'), ('email', 'E-mail address'), ('phone', 'Phone number'), ('web address', 'Web address'), ('person', 'Person'), ('roster', 'People of a team'), ('district', 'District'), ('school', 'School'), ('file', 'File'), ('files', 'Files'), ('video', 'Video'), ('statement', 'Text without a question'), ('table', 'Table'), ('number per group', 'Number for each student group')], max_length=20)),
                ('label', models.JSONField()),
                ('help', models.JSONField(default=dict)),
                ('settings', models.JSONField(default=dict)),
                ('is_required', models.BooleanField(default=False)),
                ('condition', models.TextField(blank=True)),
                ('is_personal', models.BooleanField(default=False)),
                ('reviewers_see', models.BooleanField(default=True)),
                ('tier', models.CharField(choices=[('mine', 'Only me'), ('pair', 'Me and one person'), ('team', 'My team'), ('host', "My team and the host's staff"), ('cohort', 'Everyone in the cohort'), ('network', 'Everyone in the network'), ('public', 'Everyone')], default='host', max_length=10)),
                ('keep_days', models.PositiveIntegerField(null=True)),
                ('sha256', models.CharField(max_length=64)),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='forms.field')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('field', 'number'), name='a_field_version_number_is_used_once'), models.UniqueConstraint(fields=('field', 'sha256'), name='a_field_version_is_written_once'), models.CheckConstraint(condition=models.Q(('sha256__length', 64)), name='a_field_version_has_a_hash')],
            },
        ),
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('purpose', models.CharField(blank=True, max_length=200)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'key'), name='a_form_key_is_used_once')],
            },
        ),
        migrations.AddField(
            model_name='field',
            name='form',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fields', to='forms.form'),
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('settings', models.JSONField(default=dict)),
                ('sha256', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField(null=True)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='forms.form')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form', 'number'), name='a_form_version_number_is_used_once'), models.UniqueConstraint(fields=('form', 'sha256'), name='a_form_version_is_written_once'), models.CheckConstraint(condition=models.Q(('sha256__length', 64)), name='a_form_version_has_a_hash')],
            },
        ),
        migrations.CreateModel(
            name='FormField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(blank=True, max_length=60)),
                ('position', models.PositiveSmallIntegerField()),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.field')),
                ('field_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.fieldversion')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('form_version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='form_fields', to='forms.formversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form_version', 'field'), name='a_form_asks_a_question_once'), models.UniqueConstraint(fields=('form_version', 'position'), name='a_position_in_a_form_is_used_once')],
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.PositiveSmallIntegerField()),
                ('label', models.CharField(blank=True, max_length=60)),
                ('anchor', models.TextField(blank=True)),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='forms.criterion')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'ordering': ['points'],
                'constraints': [models.UniqueConstraint(fields=('criterion', 'points'), name='a_level_is_described_once')],
            },
        ),
        migrations.CreateModel(
            name='Rubric',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('version', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('comment', models.CharField(default='extremes', max_length=20)),
                ('sha256', models.CharField(max_length=64)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'key', 'version'), name='a_rubric_version_is_written_once'), models.UniqueConstraint(fields=('network', 'key', 'sha256'), name='a_rubric_is_not_written_twice')],
            },
        ),
        migrations.AddField(
            model_name='criterion',
            name='rubric',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='forms.rubric'),
        ),
        migrations.CreateModel(
            name='SignableText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('attestation', 'Attestation'), ('agreement', 'Agreement'), ('mou', 'Memorandum of understanding'), ('pledge', 'Pledge'), ('data_agreement', 'Data agreement')], max_length=20)),
                ('version', models.PositiveSmallIntegerField()),
                ('locale', models.CharField(default='en-us', max_length=20)),
                ('body', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('written_at', models.DateTimeField()),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'key', 'locale', 'version'), name='a_version_of_a_wording_is_written_once'), models.UniqueConstraint(fields=('network', 'key', 'locale', 'sha256'), name='a_wording_is_not_written_twice')],
            },
        ),
        migrations.CreateModel(
            name='SignedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('wants', models.JSONField(default=list)),
                ('from_on', models.DateField(null=True)),
                ('to_on', models.DateField(null=True)),
                ('state', models.CharField(choices=[('drafted', 'Drafted'), ('out', 'Waiting for signatures'), ('signed', 'Signed'), ('ended', 'Ended')], default='drafted', max_length=20)),
                ('signed_at', models.DateTimeField(null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='forms.signedtext')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.scope')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.signabletext')),
            ],
            options={
                'indexes': [models.Index(fields=['scope', 'state'], name='signed_texts_of_a_scope')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'out', 'signed', 'ended'])), name='the_state_of_a_signed_text_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'signed'), _negated=True), ('signed_at__isnull', False), _connector='OR'), name='a_signed_text_says_when'), models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('from_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='a_signed_text_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('applicant', 'Applicant'), ('lead', 'Team lead'), ('sponsor', 'Sponsor'), ('member', 'Member'), ('host', 'Host'), ('district', 'District'), ('funder', 'Funder')], max_length=20)),
                ('typed_name', models.CharField(max_length=200)),
                ('code_hmac', models.CharField(blank=True, max_length=64)),
                ('signed_at', models.DateTimeField()),
                ('entered_from', models.CharField(choices=[('page', 'Page'), ('paper', 'Paper'), ('phone', 'Phone'), ('import', 'Import')], default='page', max_length=20)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('signed_text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='forms.signedtext')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('signed_text', 'signer', 'part'), name='a_person_signs_once_in_a_part'), models.CheckConstraint(condition=models.Q(('typed_name', ''), _negated=True), name='a_signature_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=throughline.core.refs.new_ref, editable=False, max_length=10, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Sent'), ('withdrawn', 'Withdrawn')], default='draft', max_length=20)),
                ('entered_from', models.CharField(choices=[('page', 'Page'), ('paper', 'Paper'), ('phone', 'Phone'), ('import', 'Import')], default='page', max_length=20)),
                ('saved_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('form_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.formversion')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.scope')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'withdrawn'])), name='the_state_of_a_submission_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'submitted'), _negated=True), ('submitted_at__isnull', False), _connector='OR'), name='a_submitted_form_says_when')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.JSONField(null=True)),
                ('sealed', models.BinaryField(null=True)),
                ('tier', models.CharField(choices=[('mine', 'Only me'), ('pair', 'Me and one person'), ('team', 'My team'), ('host', "My team and the host's staff"), ('cohort', 'Everyone in the cohort'), ('network', 'Everyone in the network'), ('public', 'Everyone')], max_length=10)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('saved_at', models.DateTimeField()),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.field')),
                ('field_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.fieldversion')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='forms.submission')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('submission', 'field'), name='a_question_is_answered_once'), models.CheckConstraint(condition=models.Q(models.Q(('tier__in', ['mine', 'pair']), ('value__isnull', True)), models.Q(models.Q(('tier__in', ['mine', 'pair']), _negated=True), ('sealed__isnull', True)), _connector='OR'), name='a_private_answer_is_sealed')],
            },
        ),
        migrations.CreateModel(
            name='AnswerHistory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('value', models.JSONField(null=True)),
                ('sealed', models.BinaryField(null=True)),
                ('at', models.DateTimeField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='history', to='forms.answer')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('answer', 'revision'), name='a_revision_of_an_answer_is_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=120)),
                ('sealed', models.BinaryField()),
                ('saved_at', models.DateTimeField()),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.network')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'page', 'subject'), name='one_draft_per_person_page_and_subject')],
            },
        ),
        migrations.AddConstraint(
            model_name='field',
            constraint=models.UniqueConstraint(fields=('form', 'key'), name='a_field_key_is_used_once_per_form'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(fields=('rubric', 'key'), name='a_criterion_key_is_used_once'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(fields=('rubric', 'position'), name='a_position_in_a_rubric_is_used_once'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gt', 0)), name='a_criterion_weighs_something'),
        ),
    ]
