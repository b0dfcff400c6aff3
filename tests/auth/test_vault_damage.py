"""What becomes of a sign-in whose file was damaged, cut, swapped or put back, or whose key is another one?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.identity import Identity
from auth.outcome import Cure, Granted, Refused
from auth.problems import VaultProblem
from auth.provider import Provider
from auth.providers import provider_for
from auth.sandbox import SandboxProvider
from auth.vault import MemoryKey, Vault, new_key
from tests.auth.signing_in import MEIER, at_the_desk
from tests.rigs.program import IMAP, SMTP, Program, Watch

UNUSABLE = {"vault_damaged", "vault_key_missing"}
ENTRY = bytes(range(256)) * 4


@dataclass
class OtherKey:
    """A keyring whose content was replaced by somebody else's, or lost."""

    key: bytes | None = field(default_factory=new_key)

    def get(self) -> bytes | None:
        return self.key

    def create(self) -> bytes:
        assert self.key is None, "a key that is there is never replaced"
        self.key = new_key()
        return self.key


class Sealed:
    """One entry, and what can be done to its file behind the vault's back."""

    def __init__(self, folder: Path) -> None:
        self.vault = Vault(folder, MemoryKey())
        self.vault.save("info", ENTRY)
        self.file = folder / "account-info.vault"
        self.whole = self.file.read_bytes()

    def refuses(self, content: bytes) -> str:
        """The code; whatever was done to it, the file stays as it was found."""
        self.file.write_bytes(content)
        with pytest.raises(VaultProblem) as problem:
            self.vault.load("info")
        assert self.file.read_bytes() == content
        assert problem.value.code in UNUSABLE
        return problem.value.code


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return Sealed(tmp_path_factory.mktemp("vault"))


def test_a_flipped_bit_is_noticed_at_every_byte(sealed: Sealed) -> None:
    for at in range(len(sealed.whole)):
        damaged = bytearray(sealed.whole)
        damaged[at] ^= 1 << (at % 8)
        sealed.refuses(bytes(damaged))


def test_a_cut_is_noticed_at_every_length(sealed: Sealed) -> None:
    assert {sealed.refuses(sealed.whole[:length]) for length in range(len(sealed.whole))} == {"vault_damaged"}


@settings(deadline=None, max_examples=200)
@given(data=st.data())
def test_no_other_bytes_are_ever_taken_for_an_entry(sealed: Sealed, data: st.DataObject) -> None:
    """Pieces of the file itself in another order, with anything between them."""
    cuts = st.integers(0, len(sealed.whole))
    piece = st.builds(lambda one, other: sealed.whole[min(one, other) : max(one, other)], cuts, cuts)
    content = b"".join(data.draw(st.lists(st.one_of(piece, st.binary(max_size=40)), max_size=4)))
    if content != sealed.whole:
        sealed.refuses(content)


@pytest.mark.parametrize("damage", [lambda _: b"", lambda whole: whole[:-1], lambda whole: whole[::-1]])
def test_a_new_entry_sets_the_damaged_one_aside_and_a_second_time_too(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    sealed = Sealed(tmp_path)
    for number in (1, 2):
        damaged = damage(sealed.file.read_bytes())
        sealed.file.write_bytes(damaged)
        sealed.vault.save("info", b"new")
        assert sealed.vault.load("info") == b"new"
        aside = [path.read_bytes() for path in sealed.file.parent.glob("*.set-aside")]
        assert len(aside) == number
        assert damaged in aside


def test_forgetting_a_sign_in_forgets_what_was_set_aside_of_it_and_nothing_else(tmp_path: Path) -> None:
    sealed = Sealed(tmp_path)
    for account in ("info", "info2"):
        sealed.vault.save(account, ENTRY)
        (tmp_path / f"account-{account}.vault").write_bytes(b"rubbish")
        sealed.vault.save(account, ENTRY)
    sealed.vault.forget("info")
    assert sorted(path.name.split(".")[0] for path in tmp_path.iterdir()) == ["account-info2"] * 2


# with real sign-ins


@dataclass
class Kept:
    """Accounts with real sign-ins in one folder."""

    idp: SandboxProvider
    watch: Watch
    folder: Path
    key: MemoryKey | OtherKey = field(default_factory=MemoryKey)

    def started(self, account: str = "info") -> Provider:
        """As after a restart."""
        address = MEIER if account == "info" else "chef@haus.example"
        mine = Identity(
            account, address, self.idp.client_id, (IMAP, SMTP), self.idp.authority, ca_file=self.idp.ca_file
        )
        return provider_for(mine, Vault(self.folder, self.key), self.watch)

    def signs_in(self, account: str = "info") -> Provider:
        provider = self.started(account)
        desk = at_the_desk(self.idp, MEIER if account == "info" else "chef@haus.example")
        assert isinstance(provider.sign_in(desk.attempt()).outcome, Granted)
        desk.leaves()
        return provider

    def file(self, account: str = "info") -> Path:
        return self.folder / f"account-{account}.vault"

    def cannot_be_read(self, account: str = "info") -> str:
        before, provider = self.file(account).read_bytes(), self.started(account)
        codes = set()
        for ask in (provider.session, provider.token, provider.refresh):
            with pytest.raises(VaultProblem) as problem:
                ask()
            codes.add(problem.value.code)
        assert self.file(account).read_bytes() == before
        return codes.pop() if len(codes) == 1 else f"{codes}"


@pytest.fixture
def kept(idp: SandboxProvider, watch: Watch, tmp_path: Path) -> Kept:
    idp.habits.loop_limit = 0
    return Kept(idp, watch, tmp_path / "vault")


def test_an_older_generation_put_back_goes_on_with_the_older_token(kept: Kept) -> None:
    """Entra lets old ones live on, so a backup that was played back costs nobody a sign-in."""
    provider = kept.signs_in()
    older, before = kept.file().read_bytes(), provider.session()
    kept.watch.forward(days=30)
    assert isinstance(provider.refresh(), Granted)
    kept.file().write_bytes(older)
    restarted = kept.started()
    assert restarted.session() == before, "its age is told as it is"
    assert isinstance(restarted.refresh(), Granted)
    assert kept.file().read_bytes() != older


def test_an_older_generation_that_is_over_asks_for_a_sign_in(kept: Kept) -> None:
    provider = kept.signs_in()
    older = kept.file().read_bytes()
    kept.watch.forward(days=60)
    assert isinstance(provider.refresh(), Granted)
    kept.watch.forward(days=31)
    kept.file().write_bytes(older)
    answer = kept.started().refresh()
    assert isinstance(answer, Refused)
    assert (answer.code, answer.cure) == ("AADSTS700082", Cure.SIGN_IN)
    assert isinstance(kept.signs_in().refresh(), Granted)


def test_an_older_generation_under_a_running_program_does_not_live_long(kept: Kept) -> None:
    provider = kept.signs_in()
    older = kept.file().read_bytes()
    assert isinstance(provider.refresh(), Granted)
    kept.file().write_bytes(older)
    kept.watch.forward(days=1)
    assert isinstance(provider.refresh(), Granted)
    session = kept.started().session()
    assert session is not None
    assert session.refreshed_at == kept.watch.now


def test_files_swapped_between_accounts_open_neither(kept: Kept) -> None:
    for account in ("info", "boss"):
        kept.signs_in(account)
    one, other = kept.file("info").read_bytes(), kept.file("boss").read_bytes()
    kept.file("info").write_bytes(other)
    kept.file("boss").write_bytes(one)
    assert kept.cannot_be_read("info") == kept.cannot_be_read("boss") == "vault_damaged"
    kept.file("info").write_bytes(one)
    assert isinstance(kept.started("info").refresh(), Granted)
    assert isinstance(kept.signs_in("boss").refresh(), Granted)


@pytest.mark.parametrize("other", [OtherKey(), OtherKey(None)], ids=["another key", "no key"])
def test_without_its_key_an_account_says_so_can_sign_in_and_the_others_wait_for_theirs(
    kept: Kept, other: OtherKey
) -> None:
    for account in ("info", "boss"):
        kept.signs_in(account)
    right, untouched = kept.key, kept.file("boss").read_bytes()
    kept.key = replace(other)
    assert kept.cannot_be_read("info") == "vault_key_missing"
    assert isinstance(kept.signs_in("info").refresh(), Granted)
    assert kept.cannot_be_read("boss") == "vault_key_missing"
    assert kept.file("boss").read_bytes() == untouched
    kept.key = right
    assert isinstance(kept.started("boss").refresh(), Granted), "once the key is back, so is the sign-in"


def test_the_sandbox_refuses_a_token_that_it_never_gave(idp: SandboxProvider) -> None:
    """Else the tests above would prove nothing."""
    answer = Program(idp).refresh({"refresh_token": "1.made-up"})
    assert answer["error"] == "invalid_grant"
