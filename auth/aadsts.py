"""What mends each AADSTS number of Entra's? Pure data; the words to each are in tray/texts."""

from __future__ import annotations

from collections.abc import Mapping

from auth.outcome import Cure

_SIGN_IN = (
    *(700082, 70008, 700081, 700084, 70000, 50173, 50132, 50133, 50089, 54005),
    *(70043, 70044, 50076, 50078, 50072, 50079, 50074, 50158, 530035, 530036),
    *(50020, 16000, 50034, 51004, 90072, 500208, 50053, 50055, 50126, 50058, 50140, 70018, 70019, 65004),
)
_CONSENT = (65001, 90094, 90095, 90093, 90008)
_ADMIN = (
    *(50097, 50129, 50187, 50131, 53000, 53001, 53002, 53003, 53004, 53011),
    *(530003, 530032, 530034, 530084, 650052, 500011, 50105),
    *(500021, 500022, 500212, 500213, 50057, 700016, 700011, 70001, 7000112, 1000031),
)
_VENDOR = (65002, 65005, 650056, 650057, 650054, 7000218, 700025, 50011, 50194, 9002332, 70011, 28002, 90002, 90038)

CURE_OF_NUMBER: Mapping[int, Cure] = {
    number: cure
    for cure, numbers in (
        (Cure.SIGN_IN, _SIGN_IN),
        (Cure.CONSENT, _CONSENT),
        (Cure.ADMIN, _ADMIN),
        (Cure.VENDOR, _VENDOR),
    )
    for number in numbers
}
"""Definite refusals (learn.microsoft.com, identity-platform/reference-error-codes)."""

PASSING: Mapping[int, str] = {
    **dict.fromkeys((90055, 50196), "throttled"),
    **dict.fromkeys((50033, 50087, 90006, 90012, 90024, 90033, 90090, 70016), "service_fault"),
}
"""No answers: the code of an outage. 50196 comes with `invalid_grant`, and still says nothing about the sign-in."""

LOOP_DETECTED = 50196
