"""Casework: what officers do with requests, from a draft to the answer.

Services write, one module an act; selectors read, the acting officer first. A draft keeps what was typed;
freezing fixes its content; people approve the content; sending signs it, stores it and makes it due, in one
transaction. What arrives comes in through ``services.receive`` and nowhere else. The signed bytes lie in
``records``; what this room keeps of its own (drafts, titles, domestic acts) never crosses a border.
It follows DESIGN section 3, PROTOCOL section 2 and PRACTICE sections 1 and 2.
"""
