"""Connects the apps when Django starts."""

from django.apps import AppConfig


class CompositionConfig(AppConfig):
    """The place where lower apps learn who listens to them."""

    name = "throughline.composition"
    label = "composition"

    def ready(self) -> None:
        from throughline.composition.wiring import connect  # noqa: PLC0415 - models are loaded now

        connect()
