"""The forms of signing in, in the desk's words; what they check is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from django.utils.translation import gettext_lazy as _

__all__ = ["Again", "Code", "SignIn"]


class SignIn(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Name and password; nobody can reset a password by mail here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the labels as the desk does."""
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Name for signing in")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for each in self.fields.values():
            each.widget.attrs.pop("placeholder", None)


class Again(ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The password again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the label as the desk does."""
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)


class Code(AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """A code of an authenticator, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the label as the desk does."""
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].widget.attrs.pop("placeholder", None)
