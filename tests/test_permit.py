import pytest

from geo.permit import permitted, settle


@pytest.mark.parametrize(
    ("host", "given", "allowed"),
    [
        ("127.0.0.1", None, True),
        ("localhost", "", True),
        ("127.0.0.1", "0", False),
        ("0.0.0.0", None, False),
        ("::", None, False),
        ("0.0.0.0", "1", True),
        ("atlas.example.org", None, False),
    ],
)
@pytest.mark.parametrize(
    ("act", "name"), [("bring", "FOURZONES_BRING"), ("judge", "FOURZONES_JUDGE")]
)
def test_a_local_server_allows_and_a_shared_one_asks(monkeypatch, host, given, allowed, act, name):
    monkeypatch.setenv("FOURZONES_BRING", "")
    monkeypatch.setenv("FOURZONES_JUDGE", "")
    monkeypatch.delenv(name) if given is None else monkeypatch.setenv(name, given)
    settle(host)
    assert permitted(act) is allowed
