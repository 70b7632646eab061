"""What the web server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from imp2art.web.site.start import check_is_safe_to_serve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imp2art.web.site.settings")
application = get_wsgi_application()
check_is_safe_to_serve()
