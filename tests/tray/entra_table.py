"""What ENTRA's table of refusals asks for, written out by hand: nothing here is taken from the program.

A line: AADSTS number, the answers it comes with (`error` or `error/suberror`), state, who can mend it, and a word of
the administrator's step (`-`: there is none to take).
"""

from __future__ import annotations

from dataclasses import dataclass

_TEXT = """
# the session is over
700082  invalid_grant/bad_token                        sign_in_required user   -
70008   invalid_grant/bad_token                        sign_in_required user   -
700081  invalid_grant                                  sign_in_required user   -
700084  invalid_grant                                  sign_in_required user   Mobile and desktop|Mobilgerät
70000   invalid_grant/bad_token invalid_grant          sign_in_required user   -
50173   invalid_grant/bad_token                        sign_in_required user   -
50132   invalid_grant                                  sign_in_required user   -
50133   invalid_grant                                  sign_in_required user   -
50089   invalid_grant                                  sign_in_required user   -
54005   invalid_grant                                  sign_in_required user   -
70043   invalid_grant invalid_grant/token_expired      sign_in_required user   frequency|häufigkeit
70044   interaction_required                           sign_in_required user   frequency|häufigkeit
# a second factor
50076   interaction_required invalid_grant/basic_actionsign_in_required user   -
50078   interaction_required invalid_grant/basic_actionsign_in_required user   -
50072   interaction_required invalid_grant/basic_actionsign_in_required user   -
50079   interaction_required invalid_grant/basic_actionsign_in_required user   -
50074   interaction_required                           sign_in_required user   -
50158   interaction_required/basic_action              sign_in_required user   -
# the device and the organization's policies
50097   interaction_required                           sign_in_required admin  dsregcmd
50129   interaction_required                           sign_in_required admin  dsregcmd
50187   interaction_required                           sign_in_required admin  dsregcmd
50131   invalid_grant                                  sign_in_required admin  Sign-in logs|Anmeldeprotokolle
53000   interaction_required/message_only              sign_in_required admin  Intune
53001   interaction_required/message_only              sign_in_required admin  Conditional Access|Bedingter Zugriff
53002   interaction_required/message_only              sign_in_required admin  approved client app|Genehmigte Client-App
53003   invalid_grant invalid_grant/message_only       sign_in_required admin  Sign-in logs|Anmeldeprotokolle
53004   interaction_required                           sign_in_required admin  Risky users|Riskante Benutzer
53011   access_denied                                  sign_in_required admin  Risky users|Riskante Benutzer
530003  interaction_required/message_only              sign_in_required admin  Conditional Access|Bedingter Zugriff
530032  invalid_grant/message_only                     sign_in_required admin  Conditional Access|Bedingter Zugriff
530034  access_denied                                  sign_in_required admin  Risky users|Riskante Benutzer
530035  access_denied                                  sign_in_required user   security defaults|Sicherheitsstandards
530036  invalid_grant                                  sign_in_required user   Authentication flows|Authentifizierungsfl
530084  invalid_grant                                  sign_in_required admin  Token protection|Tokenschutz
# approval
65001   invalid_grant/consent_required                 consent_pending  admin  Grant admin|Administratorzustimmung
65004   access_denied consent_required access_denied/cancel sign_in_required user  Grant admin|Administratorzustimmung
90094   access_denied consent_required                 consent_pending  admin  Grant admin|Administratorzustimmung
90095   access_denied                                  consent_pending  admin  requests|Anforderungen
90093   access_denied                                  consent_pending  admin  User.Read
90008   access_denied                                  consent_pending  admin  User.Read
# the program's registration
65002   invalid_request                                sign_in_required vendor client_id
65005   invalid_client invalid_resource                sign_in_required vendor API permissions|API-Berechtigungen
650056  invalid_client invalid_resource                sign_in_required vendor API permissions|API-Berechtigungen
650057  invalid_client invalid_resource                sign_in_required vendor API permissions|API-Berechtigungen
650052  invalid_client                                 sign_in_required admin  Licenses|Lizenzen
650054  invalid_resource                               sign_in_required vendor scopes
500011  invalid_resource                               sign_in_required admin  Get-MgServicePrincipal
50105   invalid_grant access_denied                    sign_in_required admin  Users and groups|Benutzer und Gruppen
700016  unauthorized_client                            sign_in_required admin  tenant
700011  unauthorized_client                            sign_in_required admin  tenant
70001   unauthorized_client                            sign_in_required admin  Enterprise apps|Unternehmens-Apps
7000112 unauthorized_client                            sign_in_required admin  Enterprise apps|Unternehmens-Apps
1000031 unauthorized_client                            sign_in_required admin  Enterprise apps|Unternehmens-Apps
7000218 invalid_client                                 sign_in_required vendor http://localhost
700025  invalid_client                                 sign_in_required vendor client_secret
50011   invalid_request                                sign_in_required vendor http://localhost
50194   invalid_request                                sign_in_required vendor tenant
9002332 invalid_request                                sign_in_required vendor tenant
70011   invalid_scope                                  sign_in_required vendor scopes
28002   invalid_scope                                  sign_in_required vendor scopes
90002   invalid_request                                sign_in_required vendor authority
90038   invalid_request                                sign_in_required vendor authority
# the account
50020   access_denied                                  sign_in_required user   Invite external user|Externen Benutzer
16000   interaction_required                           sign_in_required user   Invite external user|Externen Benutzer
50034   invalid_grant invalid_grant/bad_token          sign_in_required user   Get-MgUser
51004   invalid_grant/bad_token                        sign_in_required user   Get-MgUser
90072   invalid_grant                                  sign_in_required user   Invite external user|Externen Benutzer
500208  invalid_request                                sign_in_required user   -
500021  access_denied                                  sign_in_required admin  Restrict-Access-To-Tenants
500022  access_denied                                  sign_in_required admin  Restrict-Access-To-Tenants
500212  access_denied                                  sign_in_required admin  Cross-tenant|Mandantenübergreifende
500213  access_denied                                  sign_in_required admin  Cross-tenant|Mandantenübergreifende
50053   invalid_grant                                  sign_in_required user   Sign-in logs|Anmeldeprotokolle
50055   invalid_grant/user_password_expired            sign_in_required user   Reset password|Kennwort zurücksetzen
50057   invalid_grant                                  sign_in_required admin  AccountEnabled
50126   invalid_grant                                  sign_in_required user   -
50058   login_required interaction_required            sign_in_required user   -
50140   interaction_required                           sign_in_required user   -
70018   bad_verification_code                          sign_in_required user   -
70019   expired_token                                  sign_in_required user   -
# no answer at all
50196   invalid_grant                                  offline          nobody -
90055   temporarily_unavailable                        offline          nobody -
50033   temporarily_unavailable server_error           offline          nobody -
50087   temporarily_unavailable server_error           offline          nobody -
90006   temporarily_unavailable server_error           offline          nobody -
90012   temporarily_unavailable server_error           offline          nobody -
90024   temporarily_unavailable server_error           offline          nobody -
90033   temporarily_unavailable server_error           offline          nobody -
90090   temporarily_unavailable server_error           offline          nobody -
70016   authorization_pending                          offline          nobody -
"""

THROTTLED = {50196, 90055}


@dataclass(frozen=True)
class Row:
    number: int
    error: str
    suberror: str
    state: str
    who: str
    admin_words: tuple[str, ...]  # any of them stands in the administrator's step; empty: nothing is asked of one


def _rows(line: str) -> list[Row]:
    before, state, after = next(
        line.partition(state) for state in ("sign_in_required", "consent_pending", "offline") if state in line
    )
    number, *answers = before.split()
    who, words = after.split(maxsplit=1)
    admin = () if words == "-" else tuple(words.strip().split("|"))
    return [Row(int(number), *answer.partition("/")[::2], state, who, admin) for answer in answers]


ROWS = [row for line in _TEXT.strip().splitlines() if not line.startswith("#") for row in _rows(line)]
