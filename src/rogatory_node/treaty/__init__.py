"""Treaty: which State is bound by what, since when, as far as this node knows.

For now it reads what the library's data found, and in a simulation what the configuration assumes; actions
of the depositary that a node records for itself come with the treaty's own rooms. Casework asks it for the
participation from which the legal basis follows.
"""
