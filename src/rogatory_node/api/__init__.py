"""The API: JSON for a ministry's own systems, over the same services and selectors as the desk.

Each call acts for one officer, named by a token that an operator gave out. Nothing can be done here that the
officer could not do at the desk; an approval needs the officer's passkey here too. DESIGN section 7.
"""
