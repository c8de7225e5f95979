"""The desk's look: base templates, components, drawings, vendored assets and words.

What it is: a Django app without models. A component is a template tag that draws one frozen
dataclass of ``look.pictures``; a page template arranges components. Positions in drawings come
from pure functions (``look.pictures.axis``) and are written as SVG attributes, so a strict
Content-Security-Policy holds: no inline style, no inline script, nothing from another host.

What it is not: it knows nothing of law, of casework or of a database. It draws what it is given,
decides nothing, and never shows a score of a Party or a person. ``docs/design.md`` holds one
example call for each component and the reasons for the shapes.
"""

__all__ = ["LANGUAGES", "LANGUAGES_BIDI", "PSEUDO", "WITH_PSEUDO"]

# A pseudo-language for tests and for people who look at layouts: accented, 40 per cent longer,
# right-to-left, made by tools/words.py and never by hand. ``qps`` lies in the range that
# ISO 639-2 reserves for private use (qaa to qtz), so it can never be somebody's language.
PSEUDO = "qps"

# The languages the desk can be read in today, each in its own name; one is added here when its
# catalogue has been reviewed, so that no page is ever half translated. A real node's settings take
# LANGUAGES, a simulation's and the tests' take WITH_PSEUDO, and all take LANGUAGES_BIDI.
LANGUAGES = (("en", "English"),)
WITH_PSEUDO = (*LANGUAGES, (PSEUDO, "Pseudo"))
LANGUAGES_BIDI = ("ar", "fa", "he", "ur", PSEUDO)
