"""The addresses of the API."""

from django.urls import path

from rogatory_node.api.service import api, no_such_call, with_problems

__all__ = ["urlpatterns"]

_calls, _app, _namespace = api.urls
for _call in _calls:
    if _call.callback is not None:
        _call.callback = with_problems(_call.callback)

urlpatterns = [
    path("api/v1/", no_such_call),
    path("api/v1/", (_calls, _app, _namespace)),
    path("api/v1/<path:rest>", no_such_call),
]
