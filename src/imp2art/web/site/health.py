"""Whether the site can work: asked by whoever watches over it, without signing in."""

from __future__ import annotations

from http import HTTPStatus

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 where the database answers and has the tables; else 503. Says nothing of what is in it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM store_practice LIMIT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return JsonResponse({"status": "ok"})
