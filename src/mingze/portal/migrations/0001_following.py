import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Following",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("kek", models.CharField(max_length=16)),
                ("sealed", models.BinaryField()),
                ("document", models.CharField(blank=True, max_length=64)),
                ("office", models.CharField(blank=True, max_length=64)),
                ("topic", models.CharField(blank=True, max_length=64)),
                ("number", models.CharField(blank=True, max_length=64)),
                ("language", models.CharField(max_length=16)),
                ("asked_at", models.DateTimeField()),
                ("written_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("told_leaf", models.PositiveBigIntegerField(default=0)),
                ("failed", models.PositiveSmallIntegerField(default=0)),
            ],
            options={"db_table": "following"},
        ),
        migrations.AddIndex(
            model_name="following",
            index=models.Index(fields=["confirmed_at", "told_at"], name="following_due"),
        ),
    ]
