"""The first tables."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


def _key() -> models.BigAutoField[int, int]:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", _key()),
                ("name", models.CharField(max_length=80, unique=True)),
                ("url", models.CharField(max_length=2000)),
                ("secret", models.CharField(max_length=80)),
                ("made_by", models.CharField(max_length=254)),
                ("made_at", models.DateTimeField()),
                ("failures", models.PositiveIntegerField(default=0)),
                ("off_at", models.DateTimeField(null=True)),
                ("off_why", models.CharField(blank=True, max_length=40)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", _key()),
                ("message", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=40)),
                ("person", models.CharField(blank=True, max_length=16)),
                ("body", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("state", models.CharField(max_length=16)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
                ("status", models.PositiveIntegerField(null=True)),
                ("why", models.CharField(blank=True, max_length=40)),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="outgoing.target",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["state", "next_at"], name="delivery_due"),
                    models.Index(fields=["person"], name="delivery_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("target", "message"), name="told_once_per_target"
                    )
                ],
            },
        ),
    ]
