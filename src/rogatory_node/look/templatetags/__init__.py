"""Template tags of the look; ``{% load look %}``."""
