"""Puts this folder on the path of the tests, and says what several of them need."""

import io

import pytest

from angen_verify.package import verify
from angen_write.bench import Bench
from angen_write.scenes import root_fingerprint, small


@pytest.fixture(scope="session")
def small_package() -> bytes:
    return small(Bench())


@pytest.fixture(scope="session")
def root() -> bytes:
    return root_fingerprint()


@pytest.fixture
def judge():
    """Verifies bytes; without a root unless one is given."""
    return lambda data, root=None: verify(io.BytesIO(data), root)
