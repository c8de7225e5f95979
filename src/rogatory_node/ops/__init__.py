"""Running a node: making its folder, keeping web and worker alive, doing what is due, checking it over.

It starts rooms and decides nothing for them: each topic that is due has one handler, in the room that knows
it. The supervisor holds no Django and no data, so that it has little that can break. It follows DESIGN
section 7.
"""

__all__ = [
    "beats",
    "checks",
    "layout",
    "processes",
    "rebuild",
    "setup",
    "staff",
    "start",
    "supervisor",
    "web",
    "worker",
]
