"""All that the database holds of pages, to compare before and after."""

from django.apps import apps


def all_rows():
    """Every row of every table of the site's own (links between pages too), column by column, sorted."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_app_config("education").get_models(include_auto_created=True)
    }
