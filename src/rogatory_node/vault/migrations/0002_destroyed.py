"""A package that was received can be no longer here."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more state."""

    dependencies = (("vault", "0001_initial"),)

    operations = (
        migrations.AlterField(
            model_name="package",
            name="state",
            field=models.CharField(
                choices=[
                    ("sealing", "Sealing"),
                    ("sealed", "Sealed"),
                    ("announced", "Announced"),
                    ("held", "Held"),
                    ("opened", "Opened"),
                    ("failed", "Failed"),
                    ("destroyed", "Destroyed"),
                ],
                max_length=10,
            ),
        ),
    )
