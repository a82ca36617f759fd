"""Which methods an address takes, the page's own catch-all for every address aside."""

from flask import current_app, request

PAGES = "pages.file_or_page"


def allowed_methods() -> list[str]:
    """Of the routes at this request's address; none: it is no route's."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return []
    return sorted(
        method
        for method in adapter.allowed_methods()
        if adapter.match(method=method, return_rule=True)[0].endpoint != PAGES
    )
