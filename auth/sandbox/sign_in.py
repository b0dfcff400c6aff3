"""What follows from what the person typed or clicked? The pages' own endpoint, until the program gets its answer."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import replace

from auth.sandbox.answers import refused, to_program
from auth.sandbox.mint import new_secret
from auth.sandbox.pages import message, step_page
from auth.sandbox.people import Code, SignIn
from auth.sandbox.refusals import Refusal
from auth.sandbox.tenant import Tenant
from auth.sandbox.texts import Words
from auth.sandbox.visits import LIFE, Step, Visit, choose, next_step
from auth.sandbox.web import Response, page

_MOST = 500


class SignIns:
    """The visits under way. Whoever calls holds the tenant's lock."""

    def __init__(self, tenant: Tenant, *, hints: bool) -> None:
        self._tenant = tenant
        self._hints = hints
        self._visits: dict[str, Visit] = {}

    def show(self, visit: Visit, words: Words, fault: str = "") -> Response:
        """The visit's next page, or its end."""
        while len(self._visits) >= _MOST:
            del self._visits[next(iter(self._visits))]
        self._visits[visit.id] = visit
        step = next_step(visit, self._tenant)
        if step is Step.DONE:
            return self._end(visit, words)
        return page(step_page(step, visit, self._tenant, words, fault=fault, hints=self._hints))

    def post(self, form: Mapping[str, str], words: Words, browser: str) -> Response:
        visit = self._visits.get(form.get("visit", ""))
        if visit is None or self._tenant.clock() - visit.began > LIFE:
            return page(message(words, "expired", "expired_title", words["expired"]), 400)
        if form.get("act") in {"cancel", "leave", "back"}:
            return self._leave(visit, words, form["act"])
        return self.show(visit, words, self._take(visit, form, browser))

    def _take(self, visit: Visit, form: Mapping[str, str], browser: str) -> str:
        """Note the input. Returns the name of the sentence that says what was wrong with it."""
        match "pick" if "pick" in form else form.get("act"):
            case "email":
                visit.hint = form.get("email", "")
                return "" if choose(visit, self._tenant, browser, visit.hint) else "email_unknown"
            case "pick":
                return "" if choose(visit, self._tenant, browser, form["pick"]) else "email_unknown"
            case "other":
                visit.forget()
            case "password":
                return self._password(visit, form, browser)
            case "code":
                return self._code(visit, form, browser)
            case "accept":
                self._accept(visit, everybody=bool(form.get("on_behalf")))
            case "request":
                visit.requested_approval = True
                self._tenant.approval_requests.append(visit.chosen)
        return ""

    def _password(self, visit: Visit, form: Mapping[str, str], browser: str) -> str:
        person = self._tenant.find(visit.chosen)
        if person is None or not hmac.compare_digest(form.get("password", "").encode(), person.password.encode()):
            return "password_wrong"
        kept = form.get("keep") == "yes"
        visit.sign_in = SignIn(person.address, self._tenant.clock(), False, person.browser_era, kept)
        if not person.mfa:
            self._tenant.remember(browser, visit.sign_in)
        return ""

    def _code(self, visit: Visit, form: Mapping[str, str], browser: str) -> str:
        person = self._tenant.find(visit.chosen)
        typed = form.get("code", "").replace(" ", "")
        if person is None or visit.sign_in is None or not hmac.compare_digest(typed.encode(), person.mfa_code.encode()):
            return "code_wrong"
        visit.sign_in = replace(visit.sign_in, mfa=True)
        self._tenant.remember(browser, visit.sign_in)
        return ""

    def _accept(self, visit: Visit, *, everybody: bool) -> None:
        """Consent is recorded only where this person could see the page and may give it."""
        tenant = self._tenant
        if next_step(visit, tenant) is not Step.CONSENT:
            return
        person = tenant.person(visit.chosen)
        new = {(visit.client.id, key) for key in visit.asked.keys}
        visit.accepted = True
        if visit.purpose == "admin" or (everybody and person.admin):
            tenant.granted |= new
        else:
            person.grants |= new

    def _end(self, visit: Visit, words: Words) -> Response:
        del self._visits[visit.id]
        assert visit.sign_in is not None  # noqa: S101  next_step says DONE only then
        if visit.purpose == "admin":
            return to_program(visit, words, self._admin_answer(visit))
        if visit.device is not None:
            visit.device.sign_in = visit.sign_in
            return page(message(words, "done", "device_done_title", words["device_done"]))
        secret = "0." + new_secret(64)
        self._tenant.codes[secret] = self._code_for(visit, visit.sign_in)
        return to_program(visit, words, {"code": secret})

    def _code_for(self, visit: Visit, sign_in: SignIn) -> Code:
        habits = self._tenant.habits
        offline = visit.offline
        if visit.realm.open and habits.offline_once and not visit.accepted:
            offline = False
        expires = self._tenant.clock() + habits.code_life
        return Code(
            visit.client.id, visit.redirect_uri, visit.challenge, visit.nonce, visit.scope, sign_in, expires, offline
        )

    def _admin_answer(self, visit: Visit) -> Mapping[str, str]:
        return {"admin_consent": "True", "tenant": self._tenant.id, "scope": visit.scope}

    def _leave(self, visit: Visit, words: Words, how: str) -> Response:
        """The person goes back. Some of these ends look the same to the program, as they really do."""
        del self._visits[visit.id]
        if visit.device is not None:
            visit.device.declined = True
            return page(message(words, "declined", "declined_title", words["declined"]))
        answer = self._why(visit, next_step(visit, self._tenant), how)
        admin = {"admin_consent": "True"} if visit.purpose == "admin" else {}
        return to_program(visit, words, {**admin, **answer})

    def _why(self, visit: Visit, step: Step, how: str) -> Mapping[str, str]:
        tenant, habits = self._tenant, self._tenant.habits
        silent = (
            {"error": "access_denied"} if visit.realm.open else {"error": "access_denied", "error_subcode": "cancel"}
        )
        if how == "cancel":
            if habits.decline_says == "subcode":
                return silent
            error = "consent_required" if habits.decline_says == "consent_required" else "access_denied"
            return refused(visit, tenant, Refusal(65004, error=error))
        if step is Step.BLOCKED:
            code = tenant.person(visit.chosen).blocked or 50057
            return refused(visit, tenant, Refusal(code, error="access_denied"))
        if step is Step.APPROVAL and habits.back_says_why:
            return refused(visit, tenant, Refusal(90095 if visit.requested_approval else 90094))
        return silent
