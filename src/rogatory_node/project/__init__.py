"""How Django is put together for a node: settings from the node's folder, addresses, the WSGI application.

It holds no rule and no page of its own but the one that explains an error code. It is configured by
``base.configuration`` alone: nobody edits a settings file. It follows DESIGN section 7.
"""

__all__ = ["schema", "settings", "urls", "wsgi"]
