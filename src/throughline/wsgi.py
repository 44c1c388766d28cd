"""The application that the server calls."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
