"""The desk: the pages at which officers work; the same services and selectors as the API.

One view module a page: it reads the form, calls one service or selector and renders a template of ``look``.
What is restricted comes through selectors that take the acting officer first. ``showing`` turns what they
return into the view models of ``look.pictures``; it decides nothing. Findings, notes and domestic acts are
shown in boxes that say that they stay. It follows DESIGN section 7 and docs/desk.md; it is not an API.
"""

__all__ = ["apps", "urls"]
