"""What a selection gives, and the salt of the commitment to it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0003_onward'),
    ]

    operations = [
        migrations.AddField(
            model_name='onward',
            name='holds',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='onward',
            name='salt',
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
