"""The first tables."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("touchpoint", models.CharField(blank=True, max_length=200)),
                ("metric", models.CharField(max_length=64)),
                ("target", models.FloatField()),
                ("now", models.FloatField(null=True)),
                ("label", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("touchpoint", "metric"), name="one_target_per_kpi"
                    )
                ],
            },
        ),
    ]
