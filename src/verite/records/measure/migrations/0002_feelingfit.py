"""Fits of the running feeling."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measure", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="FeelingFit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outcome", models.CharField(max_length=16)),
                ("days", models.PositiveIntegerField()),
                ("by", models.CharField(max_length=254)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(max_length=16)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("version", models.CharField(blank=True, max_length=16)),
                ("model", models.TextField(blank=True)),
                ("error", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["state", "id"], name="feeling_fit_state")],
            },
        ),
    ]
