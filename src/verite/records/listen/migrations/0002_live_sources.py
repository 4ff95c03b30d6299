"""Live sources, the rules of their event names, and the names that no rule knows."""

from __future__ import annotations

from django.db import migrations, models


def _number() -> models.BigAutoField[int, int]:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    dependencies = [("listen", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="LiveSource",
            fields=[
                ("id", _number()),
                ("name", models.CharField(max_length=80, unique=True)),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("key_hint", models.CharField(max_length=8)),
                ("mode", models.CharField(max_length=16)),
                ("scopes", models.JSONField(default=list)),
                ("rate_per_s", models.PositiveIntegerField()),
                ("secret", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="EventRule",
            fields=[
                ("id", _number()),
                ("source", models.CharField(blank=True, max_length=80)),
                ("event", models.CharField(max_length=200)),
                ("touchpoint", models.CharField(blank=True, max_length=120)),
                ("channel", models.CharField(blank=True, max_length=40)),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("ignored", models.BooleanField(default=False)),
                ("made_by", models.CharField(max_length=254)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("source", "event"), name="one_event_rule")
                ],
            },
        ),
        migrations.CreateModel(
            name="UnknownEvent",
            fields=[
                ("id", _number()),
                ("source", models.CharField(max_length=80)),
                ("event", models.CharField(max_length=200)),
                ("count", models.PositiveBigIntegerField(default=0)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("source", "event"), name="one_unknown_event")
                ],
            },
        ),
    ]
