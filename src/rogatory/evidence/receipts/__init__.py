"""Receipts that people read: PDF/UA from data, and its signature."""
