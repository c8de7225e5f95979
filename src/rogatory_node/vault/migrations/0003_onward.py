"""What a sealer adds, how far work is, and what is given on."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0002_destroyed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='package',
            name='done',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='package',
            name='measured_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='package',
            name='pace',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='package',
            name='papers',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='package',
            name='particulars',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='package',
            name='whole',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='Onward',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('whole', 'Whole'), ('part', 'Part')], max_length=5)),
                ('state', models.CharField(choices=[('prepared', 'Prepared'), ('due', 'Due'), ('made', 'Made'), ('failed', 'Failed'), ('destroyed', 'Destroyed')], default='prepared', max_length=9)),
                ('recipient', models.CharField(blank=True, max_length=64)),
                ('selection', models.JSONField(default=dict)),
                ('consent', models.CharField(blank=True, max_length=64)),
                ('draft', models.UUIDField(unique=True)),
                ('statement', models.CharField(blank=True, max_length=64)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('failure', models.CharField(blank=True, max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('package', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='onward', to='vault.package')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(models.F('package'), models.F('recorded_at'), name='onward_package')],
            },
        ),
    ]
