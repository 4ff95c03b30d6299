"""The first table."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Declaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outcome", models.CharField(max_length=64)),
                ("touchpoint", models.CharField(max_length=200)),
                ("version", models.PositiveIntegerField()),
                ("stand", models.CharField(max_length=16)),
                ("reason", models.TextField(blank=True)),
                ("undoes", models.PositiveIntegerField(null=True)),
                ("value", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("n", models.PositiveIntegerField(null=True)),
                ("ledger_version", models.PositiveIntegerField(null=True)),
                ("by", models.CharField(max_length=254)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("outcome", "touchpoint", "version"),
                        name="one_saying_per_version",
                    ),
                ],
            },
        ),
    ]
