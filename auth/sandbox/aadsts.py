"""What does Entra mean by an AADSTS number? The error, the words and the status that belong to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auth.sandbox.aadsts_rare import RARE

INACTIVE = 700082
TOO_OLD = 70043
REVOKED = 50173
BLOCKED = 53003
DECLINED = 65004
ADMIN_NEEDED = 90094
LOOP = 50196


@dataclass(frozen=True)
class Words:
    """How one AADSTS number is said. `open_text` is what another OpenID provider (Google) says in its place."""

    error: str
    text: str
    suberror: str = ""
    status: int = 400
    open_text: str = ""


_GONE = "Token has been expired or revoked."
_POLICY = "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance."
_TRANSIENT = "The service is temporarily unavailable."
_DEVICE = "Device is not in required device state: {state}. Conditional Access policy requires a compliant device."

_COMMON: Mapping[int, Words] = {
    # the session is over
    700082: Words(
        "invalid_grant",
        "The refresh token has expired due to inactivity. "
        "The token was issued on {issued} and was inactive for {limit}.",
        "bad_token",
        open_text=_GONE,
    ),
    70043: Words(
        "invalid_grant",
        "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. "
        "The token was issued on {issued} and the maximum allowed lifetime for this request is {limit}.",
        "token_expired",
        open_text=_GONE,
    ),
    50173: Words(
        "invalid_grant",
        "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have "
        "changed or reset their password. The grant was issued on '{issued}' and the TokensValidFrom date (before "
        "which tokens are not valid) for this user is '{valid_from}'.",
        "bad_token",
        open_text=_GONE,
    ),
    70000: Words("invalid_grant", "Provided grant is invalid or malformed.", "bad_token", open_text=_GONE),
    70008: Words(
        "invalid_grant",
        "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive "
        "authorization request for this user and resource.",
        "bad_token",
        open_text="Malformed auth code.",
    ),
    700081: Words("invalid_grant", "The refresh token has expired due to maximum lifetime.", open_text=_GONE),
    54005: Words(
        "invalid_grant",
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing "
        "refresh token.",
        open_text="Malformed auth code.",
    ),
    501481: Words(
        "invalid_grant",
        "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
        open_text="Invalid code verifier.",
    ),
    50196: Words(
        "invalid_grant",
        "The server terminated an operation because it encountered a client request loop. Please contact your app "
        "vendor.",
    ),
    # the person has to do something
    50076: Words(
        "invalid_grant",
        "Due to a configuration change made by your administrator, or because you moved to a new location, you must "
        "use multi-factor authentication to access '{resource}'.",
        "basic_action",
        open_text=_GONE,
    ),
    50058: Words("login_required", "A silent sign-in request was sent but no user is signed in."),
    50126: Words("invalid_grant", "Error validating credentials due to invalid username or password."),
    50034: Words("invalid_grant", "The user account {person} does not exist in the {tenant} directory.", "bad_token"),
    50055: Words("invalid_grant", "The password is expired.", "user_password_expired"),
    50053: Words(
        "invalid_grant",
        "You've tried to sign in too many times with an incorrect user ID or password.",
    ),
    65001: Words(
        "invalid_grant",
        "The user or administrator has not consented to use the application with ID '{client}' named '{app}'. Send "
        "an interactive authorization request for this user and resource.",
        "consent_required",
        open_text="The scope was not granted.",
    ),
    65004: Words(
        "access_denied", "User declined to consent to access the app.", open_text="The user denied the request."
    ),
    # an administrator has to
    90094: Words("access_denied", "Admin consent is required for the permissions requested by this application."),
    90095: Words("access_denied", "Admin consent is required for this application. A request was sent to the admin."),
    53000: Words("interaction_required", _DEVICE, "message_only"),
    53003: Words("invalid_grant", _POLICY, "message_only", open_text="Access blocked: admin_policy_enforced"),
    50105: Words(
        "invalid_grant",
        "Your administrator has configured the application {app} ('{client}') to block users unless they are "
        "specifically granted ('assigned') access to the application.",
    ),
    50057: Words("invalid_grant", "The user account is disabled.", open_text="Account has been deleted"),
    # whoever registered or configured the program has to
    700016: Words(
        "unauthorized_client",
        "Application with identifier '{client}' was not found in the directory '{tenant}'. This can happen if the "
        "application has not been installed by the administrator of the tenant or consented to by any user in the "
        "tenant. You may have sent your authentication request to the wrong tenant.",
        open_text="The OAuth client was not found.",
    ),
    7000218: Words(
        "invalid_client",
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        status=401,
        open_text="client_secret is missing.",
    ),
    7000215: Words(
        "invalid_client",
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value.",
        status=401,
        open_text="The provided client secret is invalid.",
    ),
    700025: Words(
        "invalid_client",
        "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        status=401,
    ),
    90002: Words(
        "invalid_request",
        "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the "
        "correct cloud. Check with your subscription administrator, this may happen if there are no active "
        "subscriptions for the tenant.",
    ),
    50011: Words(
        "invalid_request",
        "The redirect URI '{redirect}' specified in the request does not match the redirect URIs configured for the "
        "application '{client}'.",
        open_text="redirect_uri_mismatch",
    ),
    500112: Words(
        "invalid_grant",
        "The reply address '{redirect}' does not match the reply address provided when requesting Authorization code.",
        open_text="redirect_uri_mismatch",
    ),
    70011: Words(
        "invalid_scope",
        "The provided request must include a 'scope' input parameter. The provided value for the input parameter "
        "'scope' is not valid. The scope {scope} is not valid.",
    ),
    28000: Words(
        "invalid_scope",
        "Provided value for the input parameter scope is not valid because it contains more than one resource.",
    ),
    900144: Words("invalid_request", "The request body must contain the following parameter: '{parameter}'."),
    70003: Words("unsupported_grant_type", "The app requested an unsupported grant type '{grant}'."),
    70005: Words("unsupported_response_type", "The response_type '{wanted}' is not supported."),
    70007: Words("invalid_request", "'{wanted}' is not a supported value of 'response_mode' when requesting a token."),
    9002325: Words(
        "invalid_request", "Proof Key for Code Exchange is required for cross-origin authorization code redemption."
    ),
    # devices
    70016: Words("authorization_pending", "OAuth 2.0 device flow error. Authorization is pending. Continue polling."),
    70018: Words("bad_verification_code", "Invalid verification code due to User typing in wrong user code."),
    70019: Words("expired_token", "Verification code expired. Have the user retry the sign-in."),
    # the service is not well
    90055: Words("temporarily_unavailable", "The tenant was throttled because of too many requests.", status=429),
    50087: Words("temporarily_unavailable", _TRANSIENT, status=503),
    90033: Words("temporarily_unavailable", "A transient error has occurred. Please try again.", status=503),
}
_PASSING = {"temporarily_unavailable", "server_error"}

TABLE: Mapping[int, Words] = {
    **{
        number: Words(rare.error, rare.text, rare.suberror, 503 if rare.error in _PASSING else 400)
        for number, rare in RARE.items()
    },
    **_COMMON,
}
