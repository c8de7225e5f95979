"""From what selectors return to what the look draws: words, view models, nothing else.

Pure but for two look-ups that change seldom: the register's mirror (names and zones of authorities) and the
node's configuration. Nothing here reads a table or asks who may see; the pages have done that.
"""
