"""Carrying: a package from one place to another, byte by byte, over lines that break, links and disks."""
