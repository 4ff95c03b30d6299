"""The first table."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("consulted_on", models.DateField()),
                ("informed_on", models.DateField()),
                ("note", models.TextField(blank=True)),
                ("made_by", models.CharField(max_length=254)),
                ("made_at", models.DateTimeField()),
                ("withdrawn_by", models.CharField(blank=True, max_length=254)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={"default_permissions": ()},
        ),
    ]
