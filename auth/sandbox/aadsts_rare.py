"""What do the rarer AADSTS numbers say? One line each: number, `error` or `error/suberror`, and Entra's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MENDED_BY_SIGN_IN = frozenset(
    {
        *(700082, 700081, 700084, 70008, 70000, 50173, 50132, 50133, 50089, 70043, 70044),
        *(50076, 50078, 50072, 50079, 50074, 50158, 530035, 530036, 50055, 50058, 50140),
    }
)
"""What a person mends in the browser; anything else lasts until somebody changes the tenant."""

_ROWS = """
700084 invalid_grant {single_page}
50132 invalid_grant The session is not valid due to password expiration or recent password change.
50133 invalid_grant Session is invalid due to expiration or recent password change.
50089 invalid_grant Authentication failed due to flow token expired.
70044 interaction_required The session has expired or is invalid due to sign-in frequency checks by conditional access.
50078 invalid_grant/basic_action Presented multifactor authentication has expired due to your administrator's policies.
50072 invalid_grant/basic_action You must enroll in multifactor authentication to access the resource.
50079 invalid_grant/basic_action You must enroll in multifactor authentication to access the resource.
50074 interaction_required Strong Authentication is required.
50158 interaction_required/basic_action External security challenge was not satisfied.
50097 interaction_required Device authentication is required.
50129 interaction_required Device is not workplace joined.
50187 interaction_required Device service internal error: device authentication failed.
50131 invalid_grant Device is not in required device state, or the request was blocked due to suspicious activity.
53001 interaction_required/message_only Device is not in required device state: domain joined.
53002 interaction_required/message_only The app used is not an approved app for Conditional Access.
53004 interaction_required User needs to complete the multifactor authentication registration process first.
53011 access_denied User blocked due to risk on home tenant.
530003 interaction_required/message_only Your device is required to be managed to access this resource.
530032 invalid_grant/message_only User blocked due to tenant security policy.
530034 access_denied A delegated administrator was blocked from accessing the tenant due to account risk.
530035 access_denied Access has been blocked by security defaults.
530036 invalid_grant Refresh token is invalid due to authentication flow checks by conditional access.
530084 invalid_grant Access has been blocked by conditional access token protection policy.
90093 access_denied The calling user is not authorized to grant the permissions.
90008 access_denied The app must require access to Azure AD by the sign-in and read user profile permission.
65002 invalid_request Consent between first party app and resource must be configured via preauthorization.
65005 invalid_resource The app required resource access list does not contain apps discoverable by the resource.
650056 invalid_client Misconfigured application.
650057 invalid_resource The client has requested access to a resource which is not listed in its permissions.
650052 invalid_client The app is trying to access a service that your organization lacks a service principal for.
650054 invalid_resource The application asked for permissions to access a resource that has been removed.
500011 invalid_resource The resource principal was not found in the tenant.
700011 unauthorized_client Application was not found in the directory.
70001 unauthorized_client The application is disabled.
7000112 unauthorized_client Application is disabled.
1000031 unauthorized_client Application cannot be accessed at this time. Contact your administrator.
50020 access_denied User account from identity provider does not exist in tenant and cannot access the application.
16000 interaction_required User account from identity provider does not exist in tenant; it needs to be added.
51004 invalid_grant/bad_token The user account does not exist in the directory.
90072 invalid_grant User account from external identity provider does not exist in tenant.
500208 invalid_request The domain is not a valid login domain for the account type.
500021 access_denied Access to tenant is denied.
500022 access_denied Access to tenant is denied due to the tenant restriction policy.
500212 access_denied An outbound access policy does not allow access to the resource tenant.
500213 access_denied The resource tenant's cross-tenant access policy does not allow this user to access it.
50140 interaction_required This error occurred due to 'Keep me signed in' interrupt when the user was signing-in.
50194 invalid_request Application is not configured as a multi-tenant application.
9002332 invalid_request Application is configured for use by Azure Active Directory users only.
28002 invalid_scope Provided value for the input parameter scope is not valid when requesting an access token.
90038 invalid_request Tenant is in a national cloud other than the one this request was sent to.
50033 temporarily_unavailable A retryable error has occurred.
90006 server_error External server error.
90012 temporarily_unavailable The request has timed out.
90024 temporarily_unavailable Request budget exceeded. A transient error has occurred.
90090 server_error An unexpected non-retryable error stemming from the directory service has occurred.
"""

_SINGLE_PAGE = (
    "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of "
    "1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the "
    "sign in page. The token was issued on {issued}."
)


@dataclass(frozen=True)
class RareWords:
    error: str
    suberror: str
    text: str


def _read(line: str) -> tuple[int, RareWords]:
    number, answer, text = line.split(maxsplit=2)
    error, _, suberror = answer.partition("/")
    return int(number), RareWords(error, suberror, text.replace("{single_page}", _SINGLE_PAGE))


RARE: Mapping[int, RareWords] = dict(_read(line) for line in _ROWS.strip().splitlines())
