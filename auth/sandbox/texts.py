"""What do the sandbox's pages say, in German and in English? The demo's provider is not the product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_GERMAN: Mapping[str, str] = {
    "product": "Demo-Anmeldung",
    "next": "Weiter",
    "back": "Zurück",
    "cancel": "Abbrechen",
    "continue": "Weiter",
    "email_title": "Anmelden",
    "email": "E-Mail-Adresse",
    "email_unknown": "Ein Konto mit dieser Adresse gibt es nicht.",
    "pick_title": "Konto auswählen",
    "other": "Anderes Konto verwenden",
    "password_title": "Kennwort eingeben",
    "password": "Kennwort",
    "password_wrong": "Das Kennwort stimmt nicht.",
    "keep": "Angemeldet bleiben",
    "sign_in": "Anmelden",
    "code_title": "Bestätigungscode eingeben",
    "code": "Code aus Ihrer Authenticator-App",
    "code_wrong": "Der Code stimmt nicht.",
    "confirm": "Bestätigen",
    "blocked_title": "Darauf haben Sie keinen Zugriff",
    "blocked": "Ihre Anmeldung war erfolgreich, aber eine Richtlinie Ihrer Organisation lässt den Zugriff nicht zu.",
    "disabled": "Dieses Konto ist gesperrt. Bitte wenden Sie sich an Ihren Administrator.",
    "to_app": "Zurück zum Programm",
    "consent_title": "Angeforderte Berechtigungen",
    "consent": "{app} möchte:",
    "consent_admin": "{app} möchte für alle Personen Ihrer Organisation:",
    "on_behalf": "Für alle Personen der Organisation zustimmen",
    "accept": "Akzeptieren",
    "approval_title": "Genehmigung durch Administrator erforderlich",
    "approval": "{app} braucht Berechtigungen, die nur ein Administrator erteilen kann. "
    "Bitten Sie Ihren Administrator darum.",
    "approval_back": "Zum Programm zurück, ohne zuzustimmen",
    "request_title": "Genehmigung erforderlich",
    "request_reason": "Begründung für die Anfrage",
    "request": "Genehmigung anfordern",
    "requested_title": "Anfrage gesendet",
    "requested": "Ihr Administrator wurde benachrichtigt. Sie bekommen eine E-Mail, sobald er entschieden hat.",
    "not_admin_title": "Nur für Administratoren",
    "not_admin": "{person} ist kein Administrator dieser Organisation.",
    "device_title": "Code eingeben",
    "device": "Geben Sie den Code ein, den das Programm anzeigt.",
    "device_code": "Code",
    "device_wrong": "Diesen Code gibt es nicht, oder er ist abgelaufen.",
    "device_done_title": "Sie sind angemeldet",
    "device_done": "Sie können dieses Fenster jetzt schließen.",
    "declined_title": "Nicht angemeldet",
    "declined": "Sie haben abgelehnt. Sie können dieses Fenster jetzt schließen.",
    "returning_title": "Fast fertig",
    "returning": "Es geht zurück zum Programm …",
    "error_title": "Da stimmt etwas nicht",
    "expired_title": "Diese Seite ist abgelaufen",
    "expired": "Bitte beginnen Sie die Anmeldung im Programm noch einmal.",
    "welcome_title": "Ein Anmeldedienst zum Ausprobieren",
    "welcome": "Er läuft nur auf diesem PC. Kein Kennwort verlässt ihn.",
    "hint_people": "Diese Konten gibt es:",
    "hint_password": "Das Kennwort zum Ausprobieren ist",
    "hint_code": "Der Code zum Ausprobieren ist",
    "scope_imap": "Ihre E-Mails über IMAP lesen und ordnen",
    "scope_pop": "Ihre E-Mails über POP3 abrufen",
    "scope_smtp": "E-Mails in Ihrem Namen senden",
    "scope_mail": "Ihre E-Mails lesen, senden und löschen",
    "scope_openid": "Sie anmelden",
    "scope_profile": "Ihren Namen sehen",
    "scope_email": "Ihre E-Mail-Adresse sehen",
    "scope_offline_access": "Auch dann Zugriff behalten, wenn Sie nicht am PC sind",
}

_ENGLISH: Mapping[str, str] = {
    "product": "Demo sign-in",
    "next": "Next",
    "back": "Back",
    "cancel": "Cancel",
    "continue": "Continue",
    "email_title": "Sign in",
    "email": "Email address",
    "email_unknown": "There is no account with this address.",
    "pick_title": "Pick an account",
    "other": "Use another account",
    "password_title": "Enter your password",
    "password": "Password",
    "password_wrong": "The password is not right.",
    "keep": "Keep me signed in",
    "sign_in": "Sign in",
    "code_title": "Enter the code",
    "code": "Code from your authenticator app",
    "code_wrong": "The code is not right.",
    "confirm": "Confirm",
    "blocked_title": "You cannot access this",
    "blocked": "Your sign-in was successful, but a policy of your organisation does not allow access.",
    "disabled": "This account is disabled. Please ask your administrator.",
    "to_app": "Back to the program",
    "consent_title": "Permissions requested",
    "consent": "{app} would like to:",
    "consent_admin": "{app} would like, for everybody in your organisation, to:",
    "on_behalf": "Consent on behalf of the organisation",
    "accept": "Accept",
    "approval_title": "Approval of an administrator needed",
    "approval": "{app} needs permissions that only an administrator can grant. Please ask your administrator.",
    "approval_back": "Return to the program without granting consent",
    "request_title": "Approval required",
    "request_reason": "Reason for the request",
    "request": "Request approval",
    "requested_title": "Request sent",
    "requested": "Your administrator was told. You get an email once there is a decision.",
    "not_admin_title": "For administrators only",
    "not_admin": "{person} is not an administrator of this organisation.",
    "device_title": "Enter the code",
    "device": "Enter the code that the program shows.",
    "device_code": "Code",
    "device_wrong": "This code does not exist, or it has expired.",
    "device_done_title": "You are signed in",
    "device_done": "You can close this window now.",
    "declined_title": "Not signed in",
    "declined": "You declined. You can close this window now.",
    "returning_title": "Almost done",
    "returning": "Returning to the program …",
    "error_title": "Something is wrong here",
    "expired_title": "This page has expired",
    "expired": "Please start the sign-in in the program again.",
    "welcome_title": "A sign-in service to try out",
    "welcome": "It runs on this PC only. No password leaves it.",
    "hint_people": "These accounts exist:",
    "hint_password": "The password to try it out is",
    "hint_code": "The code to try it out is",
    "scope_imap": "Read and sort your mail over IMAP",
    "scope_pop": "Fetch your mail over POP3",
    "scope_smtp": "Send mail in your name",
    "scope_mail": "Read, send and delete your mail",
    "scope_openid": "Sign you in",
    "scope_profile": "See your name",
    "scope_email": "See your email address",
    "scope_offline_access": "Keep access while you are away",
}

CATALOGUES: Mapping[str, Mapping[str, str]] = {"de": _GERMAN, "en": _ENGLISH}
_SCOPES = {
    "IMAP.AccessAsUser.All": "scope_imap",
    "POP.AccessAsUser.All": "scope_pop",
    "SMTP.Send": "scope_smtp",
    "mail.google.com": "scope_mail",
}


@dataclass(frozen=True)
class Words:
    language: str
    _texts: Mapping[str, str] = field(repr=False)

    def __getitem__(self, name: str) -> str:
        return self._texts[name]

    def scope(self, scope: str) -> str:
        """What a permission means, in words; the permission itself where it is not known here."""
        name = _SCOPES.get(scope.rstrip("/").rpartition("/")[2], f"scope_{scope}")
        return self._texts.get(name, scope)


def words_for(accept_language: str) -> Words:
    """The better liked of the two languages; English where neither is wanted."""
    liked = {"en": 0.0, "de": 0.0}
    for entry in accept_language.split(","):
        tag, _, quality = entry.partition(";q=")
        language = tag.strip().lower().partition("-")[0]
        if language in liked:
            liked[language] = max(liked[language], _quality(quality))
    language = max(liked, key=lambda each: liked[each])
    return Words(language, CATALOGUES[language])


def _quality(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
