"""View models and geometry: what the components draw, as frozen dataclasses and pure functions.

A view fills these and hands them to a page template. Words are plain strings (escaped when
drawn) or the safe strings that ``words`` builds; instants are aware; nothing here reads a clock.
"""
