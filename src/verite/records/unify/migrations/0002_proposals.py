"""Pairs of customers who look alike, waiting for a person to decide."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("unify", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("one", models.BigIntegerField()),
                ("other", models.BigIntegerField()),
                ("weight", models.FloatField()),
                ("agreed", models.JSONField(default=list)),
                ("apart", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other"), name="one_proposal")
                ],
            },
        ),
    ]
