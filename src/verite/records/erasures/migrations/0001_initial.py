"""The first table."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=32, unique=True)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=254)),
                ("records", models.PositiveBigIntegerField()),
                ("ledger_rows", models.PositiveBigIntegerField()),
                ("files_vacuumed", models.PositiveBigIntegerField()),
                ("ledger_version", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
    ]
