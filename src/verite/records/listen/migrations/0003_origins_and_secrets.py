"""Pages that may send to a source, its former signing secret, whose numbering its ids are."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("listen", "0002_live_sources")]

    operations = [
        migrations.AddField(
            model_name="livesource",
            name="former_secret",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="livesource",
            name="former_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="livesource",
            name="origins",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="livesource",
            name="numbers_alone",
            field=models.BooleanField(default=False),
        ),
    ]
