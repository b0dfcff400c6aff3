"""What does the person see at each step of a sign-in? HTML with stable ids, which a test can rely on."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from auth.sandbox.layout import document
from auth.sandbox.people import Person
from auth.sandbox.tenant import Tenant
from auth.sandbox.texts import Words
from auth.sandbox.visits import Step, Visit


def step_page(step: Step, visit: Visit, tenant: Tenant, words: Words, *, fault: str = "", hints: bool = False) -> str:
    """The page of one step. `fault` names the sentence that says what was wrong with the last input."""
    person = tenant.find(visit.chosen) if visit.chosen else None
    match step:
        case Step.PICK:
            title, body = words["pick_title"], _pick(words, visit, tenant.people.values())
        case Step.EMAIL:
            known = tenant.people.values() if hints else ()
            title, body = words["email_title"], _email(words, visit.hint, fault, known)
        case Step.PASSWORD:
            title = words["password_title"]
            body = _password(words, visit, fault, person.password if person and hints else "")
        case Step.CODE:
            title, body = words["code_title"], _code(words, fault, person.mfa_code if person and hints else "")
        case Step.CONSENT:
            title, body = words["consent_title"], _consent(words, visit, person)
        case Step.APPROVAL:
            title, body = _approval(words, visit, workflow=tenant.habits.approval_workflow)
        case Step.NOT_ADMIN:
            who = words["not_admin"].format(person=visit.chosen)
            title, body = words["not_admin_title"], _said(who) + _back(words["to_app"])
        case _:
            reason = words["blocked"] if person and person.enabled else words["disabled"]
            title, body = words["blocked_title"], _said(reason) + _back(words["to_app"])
    return document(words, step, title, _form(visit.id, body))


def message(words: Words, name: str, title: str, text: str) -> str:
    """A page with nothing to do on it."""
    return document(words, name, words[title], _said(text))


def device_page(words: Words, fault: str, suggestion: str) -> str:
    body = (
        f'<form method="post" action="/device">{_said(words["device"])}{_fault(words, fault)}'
        f'<label for="code">{escape(words["device_code"])}</label>'
        f'<input id="code" name="code" value="{escape(suggestion)}" autocomplete="off" autofocus required>'
        f'<div class="row">{_button("submit", words["next"], "code")}</div></form>'
    )
    return document(words, "device", words["device_title"], body)


def _email(words: Words, hint: str, fault: str, known: Iterable[Person]) -> str:
    body = (
        f"{_fault(words, fault)}"
        f'<label for="email">{escape(words["email"])}</label>'
        f'<input id="email" name="email" type="email" value="{escape(hint)}" autocomplete="username" autofocus'
        " required>"
        f'<div class="row">{_button("submit", words["next"], "email")}{_leave(words)}</div>'
    )
    people = "".join(f"<br><code>{escape(person.address)}</code>" for person in known)
    return body + (f'<p class="hint">{escape(words["hint_people"])}{people}</p>' if people else "")


def _pick(words: Words, visit: Visit, people: Iterable[Person]) -> str:
    accounts = "".join(
        f'<button id="account-{number}" name="pick" value="{escape(person.address)}">'
        f'{escape(person.name)}<br><span class="soft">{escape(person.address)}</span></button>'
        for number, person in enumerate(each for each in people if each.address in visit.offered)
    )
    return f'<div class="list">{accounts}</div>{_plain("other", words["other"], "other")}'


def _password(words: Words, visit: Visit, fault: str, hint: str) -> str:
    address = escape(visit.chosen)
    return (
        f'<p><code id="who">{address}</code></p>{_fault(words, fault)}'
        f'<input type="text" name="username" value="{address}" autocomplete="username" hidden readonly>'
        f'<label for="password">{escape(words["password"])}</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" autofocus required>'
        '<label class="check"><input id="keep" name="keep" type="checkbox" value="yes"> '
        f"{escape(words['keep'])}</label>"
        f'<div class="row">{_button("submit", words["sign_in"], "password")}{_leave(words)}</div>'
        f"<p></p>{_plain('other', words['other'], 'other')}{_hint(words['hint_password'], hint)}"
    )


def _code(words: Words, fault: str, hint: str) -> str:
    return (
        f'{_fault(words, fault)}<label for="code">{escape(words["code"])}</label>'
        '<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" autofocus required>'
        f'<div class="row">{_button("submit", words["confirm"], "code")}{_leave(words)}</div>'
        f"{_hint(words['hint_code'], hint)}"
    )


def _consent(words: Words, visit: Visit, person: Person | None) -> str:
    everybody = visit.purpose == "admin"
    intro = words["consent_admin" if everybody else "consent"].format(app=visit.client.name)
    wanted = "".join(f"<li>{escape(words.scope(scope))}</li>" for scope in visit.asked.words())
    offer = (
        f'<label class="check"><input id="on-behalf" name="on_behalf" type="checkbox" value="yes"> '
        f"{escape(words['on_behalf'])}</label>"
    )
    return (
        f'<p class="soft">{escape(visit.chosen)}</p><p>{escape(intro)}</p><ul>{wanted}</ul>'
        f"{offer if person and person.admin and not everybody else ''}"
        f'<div class="row">{_button("accept", words["accept"], "accept")}'
        f'<button id="cancel" name="act" value="cancel">{escape(words["cancel"])}</button></div>'
    )


def _approval(words: Words, visit: Visit, *, workflow: bool) -> tuple[str, str]:
    if visit.requested_approval:
        return words["requested_title"], _said(words["requested"]) + _back(words["to_app"])
    text = _said(words["approval"].format(app=visit.client.name))
    other = f"<p></p>{_plain('other', words['other'], 'other')}"
    if not workflow:
        return words["approval_title"], text + _back(words["approval_back"]) + other
    ask = (
        f'<label for="reason">{escape(words["request_reason"])}</label><textarea id="reason" name="reason"></textarea>'
        f'<div class="row">{_button("request", words["request"], "request")}{_back(words["approval_back"])}</div>'
    )
    return words["request_title"], text + ask + other


def _form(visit_id: str, body: str) -> str:
    return f'<form method="post" action="/sign-in"><input type="hidden" name="visit" value="{visit_id}">{body}</form>'


def _button(ident: str, label: str, act: str) -> str:
    return f'<button id="{ident}" class="main" name="act" value="{act}">{escape(label)}</button>'


def _plain(ident: str, label: str, act: str) -> str:
    return f'<button id="{ident}" class="plain" name="act" value="{act}" formnovalidate>{escape(label)}</button>'


def _leave(words: Words) -> str:
    return f'<button id="leave" name="act" value="leave" formnovalidate>{escape(words["cancel"])}</button>'


def _back(label: str) -> str:
    return f'<button id="back-to-app" name="act" value="back">{escape(label)}</button>'


def _said(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _fault(words: Words, fault: str) -> str:
    return f'<p id="error" class="bad" role="alert">{escape(words[fault])}</p>' if fault else ""


def _hint(text: str, secret: str) -> str:
    return f'<p class="hint">{escape(text)} <code>{escape(secret)}</code></p>' if secret else ""
