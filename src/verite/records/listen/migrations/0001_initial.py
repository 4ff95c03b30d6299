"""The first tables."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=32, unique=True)),
                ("file", models.CharField(max_length=200)),
                ("size", models.PositiveBigIntegerField()),
                ("by", models.CharField(max_length=254)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(max_length=16)),
                ("done", models.PositiveBigIntegerField(default=0)),
                ("total", models.PositiveBigIntegerField(default=0)),
                ("read", models.PositiveBigIntegerField(null=True)),
                ("kept", models.PositiveBigIntegerField(null=True)),
                ("duplicates", models.PositiveBigIntegerField(null=True)),
                ("quarantined", models.PositiveBigIntegerField(null=True)),
                ("ledger_version", models.BigIntegerField(null=True)),
                ("decisions", models.TextField(blank=True)),
                ("error", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Mapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                ("text", models.TextField()),
                ("made_by", models.CharField(max_length=254)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
    ]
