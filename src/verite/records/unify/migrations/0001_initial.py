"""The first tables."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("one", models.BigIntegerField()),
                ("other", models.BigIntegerField()),
                ("verdict", models.CharField(max_length=16)),
                ("by", models.CharField(max_length=254)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["one", "other"], name="decision_by_link")],
            },
        ),
    ]
